import org.elasticsearch.common.settings.SecureString;
import org.elasticsearch.xpack.core.security.authc.support.Hasher;

/** What a users file holds of a password: Hash PASSWORD. */
public class Hash {
  public static void main(String[] args) {
    System.out.println(Hasher.BCRYPT.hash(new SecureString(args[0].toCharArray())));
  }
}
