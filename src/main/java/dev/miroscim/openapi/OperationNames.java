package dev.miroscim.openapi;

import static java.util.Objects.requireNonNullElse;

import io.swagger.v3.oas.models.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;

/**
 * Names operations for their handlers: {@code list} of a {@code TeamMemberController} is {@code listTeamMembers}, and
 * of a {@code TeamAdminController} it is {@code adminListTeams}. Where that would say nothing, the handler has a
 * {@link CallName}.
 */
class OperationNames implements GlobalOperationCustomizer {

    private static final Map<String, String> PLURALS = Map.of("Person", "People");
    private static final List<String> WITHOUT_PLURAL = List.of("Journal", "Clock", "Discovery");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        String noun = handler.getBeanType().getSimpleName().replaceFirst("(Admin)?Controller$", "");
        boolean isAdmins = handler.getBeanType().getSimpleName().endsWith("AdminController");
        CallName named = handler.getMethodAnnotation(CallName.class);
        String id = named == null
                ? name(isAdmins, handler.getMethod().getName()) + (answersMany(handler) ? plural(noun) : noun)
                : named.value();
        operation.setOperationId(id);
        operation.setSummary(words(id));
        operation.setTags(List.of(words(name(isAdmins, plural(noun)))));
        return operation;
    }

    private static String name(boolean isAdmins, String name) {
        return isAdmins ? "admin" + Character.toUpperCase(name.charAt(0)) + name.substring(1) : name;
    }

    private static boolean answersMany(HandlerMethod handler) {
        ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
        Class<?> answer = requireNonNullElse(
                (type.resolve() == ResponseEntity.class ? type.getGeneric(0) : type).resolve(), Object.class);
        return Collection.class.isAssignableFrom(answer)
                || answer.getSimpleName().equals("Page")
                || answer.getSimpleName().equals("ListResponse");
    }

    private static String plural(String noun) {
        return WITHOUT_PLURAL.contains(noun) ? noun : PLURALS.getOrDefault(noun, noun + "s");
    }

    /** {@code listTeamMembers} as {@code List team members}. */
    private static String words(String name) {
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
