/** Published SCIM libraries as clients: what people who write their own client are likely to use. */
@NullMarked
package dev.miroscim.clients;

import org.jspecify.annotations.NullMarked;
