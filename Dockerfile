FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
# A layer of its own: dependencies change less often than sources.
RUN mvn -B -ntp -q dependency:go-offline
COPY src/main src/main
RUN mvn -B -ntp -q package -Dmaven.test.skip -Dspotless.check.skip -Dskip.training \
      dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=app/lib \
 && cp target/original-miro-scim.jar app/miro-scim.jar
# PostgreSQL is unpacked here rather than at each start, and for this image's system alone. So the file system for temporary
# files may be one from which no programs are run.
RUN java -cp "app/miro-scim.jar:app/lib/*" dev.miroscim.startup.postgres.PostgresPrograms /build/postgresql \
 && rm app/lib/embedded-postgres-binaries-*.jar \
 && javac -d training src/main/training/Training.java \
 && (cd app && printf -- '-cp /app/miro-scim.jar' && printf ':/app/%s' lib/*.jar) > app/class-path

FROM eclipse-temurin:25-jre AS program
# PostgreSQL refuses root, and wants its user to have a name.
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin miro \
 && mkdir /data \
 && chown miro:miro /data
WORKDIR /app
COPY --from=build /build/postgresql /opt/postgresql
# Libraries change less often than the program.
COPY --from=build /build/app/lib lib
COPY --from=build /build/app/miro-scim.jar /build/app/class-path ./
COPY src/main/docker/health ./
USER miro
# The program keeps next to nothing in memory, so that a small heap does. It has to hold the AOT cache's objects at once.
# The optimizing compiler makes a start more than a second longer, and its gain comes to those alone who keep a server busy
# for minutes. JDK_JAVA_OPTIONS can be replaced when a container is made.
ENV JDK_JAVA_OPTIONS="-XX:+UseSerialGC -Xms64m -Xmx192m -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError"

# Runs the program once under requests of every kind, and keeps for all later starts what the JVM found out about its classes
# and methods.
FROM program AS training
COPY --from=build /build/training training
RUN ["java", "-cp", "training", "Training", "1500", "-XX:AOTCacheOutput=/tmp/miro-scim.aot", "-Xlog:aot*=error", \
  "-Dspring.aot.enabled=true", "-Dmiro.postgres-home=/opt/postgresql", "@/app/class-path", "dev.miroscim.MiroScim"]

FROM program
# On all addresses: a container has its own network, and only published ports can be reached from outside.
ENV SERVER_ADDRESS=0.0.0.0
COPY --from=training /tmp/miro-scim.aot ./
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s CMD ["bash", "/app/health", "ready"]
# A database that moves to another address, or whose name is unknown while it restarts, is found again within seconds.
ENTRYPOINT ["java", "-XX:AOTCache=/app/miro-scim.aot", "-Xlog:aot*=error", "-Dspring.aot.enabled=true", \
  "-Dmiro.postgres-home=/opt/postgresql", "-Dsun.net.inetaddr.ttl=5", "-Dsun.net.inetaddr.negative.ttl=1", \
  "@/app/class-path", "dev.miroscim.MiroScim"]
