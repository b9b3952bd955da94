/**
 * HTTP for SCIM: authentication, media types of answers, and the format of errors. The controllers do not deal with any
 * of it.
 */
@NullMarked
package dev.miroscim.scim.http;

import org.jspecify.annotations.NullMarked;
