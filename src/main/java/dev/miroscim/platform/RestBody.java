package dev.miroscim.platform;

/** The body of a request. What a client sends beside its components is ignored; what is missing is null. */
interface RestBody {}
