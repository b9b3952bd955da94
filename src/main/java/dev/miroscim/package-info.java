/** miro-scim: a stand-in for Miro's SCIM 2.0 provisioning API. */
@NullMarked
package dev.miroscim;

import org.jspecify.annotations.NullMarked;
