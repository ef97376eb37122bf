"""Makes every call of calls.json with a generated client, and writes what its models read to answers.json."""

import importlib
import json
import re
import sys

package = importlib.import_module(sys.argv[1])
rest = importlib.import_module(sys.argv[1] + ".rest")

with open("calls.json") as file:
    given = json.load(file)

configuration = package.Configuration()
configuration.host = given["url"]
# openapi-generator reads it without having given it a value
configuration.access_token = "any-token"
client = package.ApiClient(configuration)
client.set_default_header("Authorization", "Bearer any-token")


class Body:
    """What the client's own deserializer takes for a response."""

    def __init__(self, data):
        self.data = data


def model(body, name):
    return client.deserialize(Body(json.dumps(body)), name)


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def call(operation_id):
    for name in dir(package):
        if name.endswith("Api") and hasattr(getattr(package, name), snake(operation_id)):
            return getattr(getattr(package, name)(client), snake(operation_id) + "_with_http_info")
    raise LookupError(operation_id)


answers = []
for given_call in given["calls"]:
    headers = {snake(name.replace("-", "_")): value for name, value in given_call["headers"].items()}
    client.set_default_header("Prefer", given_call["prefer"])
    request = model(given_call["body"], given_call["schema"])
    parameters = [request] if sys.argv[2] == "body" else []
    if sys.argv[2] == "named":
        headers[snake(given_call["schema"])] = request
    method = call(given_call["operationId"])
    try:
        if given_call["status"] == 202:
            # the generated method knows the class of 200 only, and refuses the code of 202
            result = method(*parameters, **headers, _preload_content=False)
            response = result[0] if isinstance(result, tuple) else result
            status = response.status
            answer = client.deserialize(Body(response.data.decode()), given_call["answerSchema"])
        else:
            answer, status, _ = method(*parameters, **headers)
    except rest.ApiException as refused:
        status = refused.status
        text = refused.body.decode() if isinstance(refused.body, bytes) else refused.body
        answer = client.deserialize(Body(text), given_call["answerSchema"])
    answers.append(
        {
            "operationId": given_call["operationId"],
            "status": status,
            "responseCode": answer.response_code,
            "body": client.sanitize_for_serialization(answer),
        }
    )

with open("answers.json", "w") as file:
    json.dump(answers, file)
