/**
 * A person in all of Miro ({@link dev.miroscim.directory.people.Profile}) and in one organisation
 * ({@link dev.miroscim.directory.people.Membership}), guests included: names, addresses, roles and attributes.
 */
@NamedInterface("people")
@NullMarked
package dev.miroscim.directory.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
