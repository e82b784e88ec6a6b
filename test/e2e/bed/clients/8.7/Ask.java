import io.camunda.zeebe.client.ZeebeClient;
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
    var builder = ZeebeClient.newClientBuilder()
        .restAddress(URI.create(take("ZEEBE_RESTADDRESS")))
        .grpcAddress(URI.create(take("ZEEBE_GRPCADDRESS")))
        .defaultRequestTimeout(PATIENCE);
    String authority = take("ZEEBE_CACERTIFICATEPATH");
    if (authority != null) builder.caCertificatePath(authority);
    if (!GIVEN.isEmpty()) throw new IllegalArgumentException("nobody reads " + GIVEN.keySet());
    try (ZeebeClient client = builder.build()) {
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
