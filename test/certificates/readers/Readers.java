import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * What Java makes of an authority and of a certificate that it has issued: for each pair of a folder and a moment, a line
 * with `good`, or with why not.
 */
public class Readers {
  public static void main(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      System.out.println(judge(Path.of(arguments[i]), Date.from(Instant.parse(arguments[i + 1]))));
    }
  }

  private static String judge(Path folder, Date moment) {
    try {
      X509Certificate authority = certificate(folder.resolve("ca.crt"));
      // Java trusts an anchor without a look at it.
      authority.checkValidity(moment);
      authority.verify(authority.getPublicKey());
      signs(key(folder.resolve("ca.key")), authority);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(moment);
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate(folder.resolve("leaf.crt")))), parameters);
      return "good";
    } catch (Exception e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private static void signs(PrivateKey key, X509Certificate certificate) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    // Of the certificate itself, Java refuses it: it may sign certificates alone.
    signature.initVerify(certificate.getPublicKey());
    if (!signature.verify(signed)) throw new IllegalStateException("the key is not that of the certificate");
  }

  private static PrivateKey key(Path file) throws Exception {
    String content = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(content)));
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (var stream = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
    }
  }
}
