import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j Community to be measured: folder, port, megabytes of page cache; until standard input ends. */
public class BenchServer {
    public static void main(String[] given) throws Exception {
        var bolt = new SocketAddress("127.0.0.1", Integer.parseInt(given[1]));
        var service = new DatabaseManagementServiceBuilder(Path.of(given[0]))
                .setConfig(GraphDatabaseSettings.pagecache_memory, Long.parseLong(given[2]) * 1024 * 1024)
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(GraphDatabaseSettings.transaction_timeout, Duration.ofMinutes(11))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, bolt)
                .setConfig(BoltConnector.advertised_address, bolt)
                .build();
        while (System.in.read() >= 0) { }
        service.shutdown();
    }
}
