import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One broker greets another with Netty, as brokers do by what Camunda documents: TLS 1.3 of BoringSSL, and trust in what is in the own chain.
 * Arguments: chain and key of the one that is greeted, chain of the one that greets, and under which name it asks (none if left out).
 */
public final class Handshake {
  private static final int PORT = 26502;

  public static void main(String[] args) throws Exception {
    SslContext greeted = asBrokersDo(SslContextBuilder.forServer(new File(args[0]), new File(args[1])));
    SslContext greets = asBrokersDo(SslContextBuilder.forClient().trustManager(new File(args[2])));
    String peer = args.length > 3 ? args[3] : null;
    EventLoopGroup threads = new NioEventLoopGroup(2);
    Channel server = new ServerBootstrap().group(threads).channel(NioServerSocketChannel.class)
        .childHandler(with(channel -> greeted.newHandler(channel.alloc())))
        .bind(new InetSocketAddress("127.0.0.1", 0)).sync().channel();
    CompletableFuture<Throwable> cause = new CompletableFuture<>();
    new Bootstrap().group(threads).channel(NioSocketChannel.class).handler(with(channel -> {
      SslHandler handler = peer == null ? greets.newHandler(channel.alloc()) : greets.newHandler(channel.alloc(), peer, PORT);
      handler.handshakeFuture().addListener(done -> cause.complete(done.cause()));
      return handler;
    })).connect(server.localAddress());
    Throwable refusal = cause.get(20, TimeUnit.SECONDS);
    while (refusal != null && refusal.getCause() != null) refusal = refusal.getCause();
    System.out.println(refusal == null ? "trusted" : refusal.getMessage());
    System.exit(0);
  }

  private static SslContext asBrokersDo(SslContextBuilder builder) throws Exception {
    return builder.sslProvider(SslProvider.OPENSSL_REFCNT).protocols("TLSv1.3").build();
  }

  private interface Tls {
    SslHandler of(SocketChannel channel);
  }

  private static ChannelInitializer<SocketChannel> with(Tls tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(tls.of(channel)).addLast(new ChannelInboundHandlerAdapter() {
          @Override
          public void exceptionCaught(ChannelHandlerContext context, Throwable refusal) {
            context.close();
          }
        });
      }
    };
  }
}
