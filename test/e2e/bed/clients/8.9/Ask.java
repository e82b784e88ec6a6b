import io.camunda.client.CamundaClient;
import io.camunda.client.CredentialsProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks a gateway for its topology over REST and over gRPC, with Camunda's own client for Java. It is configured from the variables that
 * Connectors get: their names are read here as Camunda documents them for its starter for Spring, which hands them to this client.
 */
public final class Ask {
  private static final String PREFIX = "CAMUNDA_CLIENT_";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Map<String, String> GIVEN = new TreeMap<>(System.getenv());

  public static void main(String[] args) {
    GIVEN.keySet().removeIf(name -> !name.startsWith(PREFIX));
    expect("MODE", "selfManaged");
    var builder = CamundaClient.newClientBuilder()
        .restAddress(URI.create(take("RESTADDRESS")))
        .grpcAddress(URI.create(take("GRPCADDRESS")))
        .defaultJobWorkerMaxJobsActive(Integer.parseInt(take("WORKER_DEFAULTS_MAXJOBSACTIVE")))
        .defaultJobWorkerStreamEnabled(Boolean.parseBoolean(take("WORKER_DEFAULTS_STREAMENABLED")))
        .defaultRequestTimeout(PATIENCE);
    String authority = take("CACERTIFICATEPATH");
    if (authority != null) builder.caCertificatePath(authority);
    expect("AUTH_METHOD", "basic");
    builder.credentialsProvider(CredentialsProvider.newBasicAuthCredentialsProviderBuilder()
        .username(take("AUTH_USERNAME"))
        .password(take("AUTH_PASSWORD"))
        .build());
    if (!GIVEN.isEmpty()) throw new IllegalArgumentException("nobody reads " + GIVEN.keySet());
    try (CamundaClient client = builder.build()) {
      say("REST", () -> client.newTopologyRequest().useRest().send().join().getClusterSize());
      say("gRPC", () -> client.newTopologyRequest().useGrpc().send().join().getClusterSize());
    }
  }

  private static String take(String name) {
    return GIVEN.remove(PREFIX + name);
  }

  private static void expect(String name, String value) {
    String got = take(name);
    if (!value.equals(got)) throw new IllegalArgumentException(PREFIX + name + " is " + got);
  }

  private static void say(String protocol, java.util.function.Supplier<Object> ask) {
    try {
      System.out.println(protocol + ": " + ask.get() + " brokers");
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) cause = cause.getCause();
      System.out.println(protocol + ": " + String.valueOf(cause.getMessage()).replace('\n', ' '));
    }
  }
}
