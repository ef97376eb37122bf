// Makes every call of calls.json with the generated client, and writes what its models read to answers.json.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.AccessTokenApi;
import org.openapitools.client.api.DirectDebitApi;
import org.openapitools.client.api.QrCpmApi;
import org.openapitools.client.api.QrCpmNotificationApi;

public final class Main {
  private static final List<Class<?>> APIS =
      List.of(QrCpmApi.class, QrCpmNotificationApi.class, DirectDebitApi.class, AccessTokenApi.class);

  public static void main(String[] arguments) throws Exception {
    ObjectMapper plain = new ObjectMapper();
    JsonNode given = plain.readTree(new File("calls.json"));
    ArrayNode answers = plain.createArrayNode();
    for (JsonNode call : given.get("calls")) {
      ApiClient client = new ApiClient();
      URI url = URI.create(given.get("url").asText());
      client.setHost(url.getHost()).setPort(url.getPort());
      client.setRequestInterceptor(
          request ->
              request
                  .header("Authorization", "Bearer any-token")
                  .header("Prefer", call.get("prefer").asText()));
      answers.add(made(call, client, plain));
    }
    plain.writeValue(new File("answers.json"), answers);
  }

  private static JsonNode made(JsonNode call, ApiClient client, ObjectMapper plain) throws Exception {
    ObjectMapper models = client.getObjectMapper();
    Class<?> answerClass = model(call.get("answerSchema").asText());
    int status;
    Object answer;
    try {
      if (call.get("status").asInt() == 202) {
        // the generated method reads each 2xx with the class of 200, and refuses the code of 202
        HttpResponse<String> response = post(call, client, models);
        status = response.statusCode();
        answer = models.readValue(response.body(), answerClass);
      } else {
        ApiResponse<?> response = (ApiResponse<?>) invoke(call, client, models);
        status = response.getStatusCode();
        answer = response.getData();
      }
    } catch (ApiException refused) {
      status = refused.getCode();
      if (status == 0) throw refused;
      answer = models.readValue(refused.getResponseBody(), answerClass);
    }
    Object code = answerClass.getMethod("getResponseCode").invoke(answer);
    return plain
        .createObjectNode()
        .put("operationId", call.get("operationId").asText())
        .put("status", status)
        .put("responseCode", code.toString())
        .set("body", plain.readTree(models.writeValueAsString(answer)));
  }

  private static HttpResponse<String> post(JsonNode call, ApiClient client, ObjectMapper models) throws Exception {
    Object request = models.treeToValue(call.get("body"), model(call.get("schema").asText()));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(client.getBaseUri() + call.get("path").asText()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(models.writeValueAsString(request)));
    call.get("headers").fields().forEachRemaining(it -> builder.header(it.getKey(), it.getValue().asText()));
    client.getRequestInterceptor().accept(builder);
    return client.getHttpClient().send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Object invoke(JsonNode call, ApiClient client, ObjectMapper models) throws Exception {
    String name = call.get("operationId").asText() + "WithHttpInfo";
    Class<?> requestClass = model(call.get("schema").asText());
    for (Class<?> api : APIS) {
      for (Method method : api.getMethods()) {
        if (!method.getName().equals(name)) continue;
        Object request = models.treeToValue(call.get("body"), requestClass);
        Object[] values =
            Arrays.stream(method.getParameters())
                .map(it -> it.getType() == requestClass ? request : header(call, it.getName()))
                .toArray();
        try {
          return method.invoke(api.getConstructor(ApiClient.class).newInstance(client), values);
        } catch (InvocationTargetException exception) {
          throw (Exception) exception.getCause();
        }
      }
    }
    throw new IllegalStateException("no class has " + name);
  }

  /** X_PARTNER_ID is X-PARTNER-ID; compiled with -parameters. */
  private static String header(JsonNode call, String parameter) {
    JsonNode value = call.get("headers").get(parameter.replace('_', '-').toUpperCase(Locale.ROOT));
    return value == null ? null : value.asText();
  }

  private static Class<?> model(String schema) throws ClassNotFoundException {
    return Class.forName("org.openapitools.client.model." + schema);
  }
}
