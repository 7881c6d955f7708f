import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j Community without passwords: folder, loopback port, megabytes of page cache; until standard input ends. */
public class TestServer {
    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var address = new SocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        new DatabaseManagementServiceBuilder(directory)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, address)
                .setConfig(BoltConnector.advertised_address, address)
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, Long.parseLong(arguments[2]) * 1024 * 1024)
                .setConfig(GraphDatabaseSettings.transaction_timeout, Duration.ofMinutes(11))
                .build();
        System.out.println("listening");
        // The pipe ends with whoever holds its other side, however that process ended.
        while (System.in.read() >= 0) { }
        // The data is thrown away: nothing is worth an orderly shutdown, which takes seconds.
        Runtime.getRuntime().halt(0);
    }
}
