package dev.miroscim.platform;

/** The body of a request. Unknown fields are ignored; missing fields are null. */
interface RestBody {}
