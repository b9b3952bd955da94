/** The PostgreSQL that miro-scim brings along and starts where it is given no other. */
@NullMarked
package dev.miroscim.startup.postgres;

import org.jspecify.annotations.NullMarked;
