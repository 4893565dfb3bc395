import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends one query and one GET with the JDK's own client as it comes, which offers HTTP/2 with its first request. */
public class HttpClientExample {
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest query = HttpRequest.newBuilder(URI.create(args[0] + "/graphql"))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString("{\"query\":\"{ __typename }\"}"))
        .build();
    HttpRequest livez = HttpRequest.newBuilder(URI.create(args[0] + "/livez")).build();
    for (HttpRequest request : new HttpRequest[] {query, livez, query}) {
      var response = client.send(request, BodyHandlers.ofString());
      System.out.println(response.statusCode() + " " + response.version() + " " + response.body().strip());
    }
  }
}
