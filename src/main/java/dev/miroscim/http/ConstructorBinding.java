package dev.miroscim.http;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Fills objects of parameters by their constructors alone. Spring would also follow names such as {@code a.b} and
 * {@code a[0]} into an object's properties, and take one that leads nowhere for a bug of this program.
 */
@ControllerAdvice
class ConstructorBinding {

    @InitBinder
    void constructorsAlone(WebDataBinder binder) {
        binder.setDeclarativeBinding(true);
    }
}
