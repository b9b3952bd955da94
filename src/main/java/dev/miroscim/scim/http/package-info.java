/**
 * Where SCIM meets HTTP: who is let in, which deviations of clients are evened out, what a request may be and weigh, and
 * how every fault becomes a SCIM error. The controllers see none of it.
 */
@NullMarked
package dev.miroscim.scim.http;

import org.jspecify.annotations.NullMarked;
