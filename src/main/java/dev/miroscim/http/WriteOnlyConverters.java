package dev.miroscim.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.SmartHttpMessageConverter;

/**
 * Keeps Spring's converters from reading bodies. They would read, without any limit or check, what this program's own
 * readers leave over, such as JSON with types that Miro does not document.
 */
final class WriteOnlyConverters {

    private static final String OURS = "dev.miroscim.";

    private WriteOnlyConverters() {}

    static void among(List<HttpMessageConverter<?>> converters) {
        converters.replaceAll(
                converter -> converter.getClass().getName().startsWith(OURS) ? converter : new Writer<>(converter));
    }

    private record Writer<T>(HttpMessageConverter<T> converter) implements SmartHttpMessageConverter<T> {

        @Override
        public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
            return false;
        }

        @Override
        public T read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean canWrite(ResolvableType targetType, Class<?> valueClass, @Nullable MediaType mediaType) {
            return converter instanceof SmartHttpMessageConverter<T> smart
                    ? smart.canWrite(targetType, valueClass, mediaType)
                    : converter.canWrite(valueClass, mediaType);
        }

        @Override
        public void write(
                T value,
                ResolvableType type,
                @Nullable MediaType contentType,
                HttpOutputMessage message,
                @Nullable Map<String, Object> hints)
                throws IOException {
            if (converter instanceof SmartHttpMessageConverter<T> smart) {
                smart.write(value, type, contentType, message, hints);
            } else {
                converter.write(value, contentType, message);
            }
        }

        @Override
        public List<MediaType> getSupportedMediaTypes() {
            return converter.getSupportedMediaTypes();
        }

        @Override
        public List<MediaType> getSupportedMediaTypes(Class<?> type) {
            return converter.getSupportedMediaTypes(type);
        }
    }
}
