// Makes every call of calls.json with the client that NSwag generates, and writes what its models read to answers.json.
using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Runtime.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Snap;

public static class Program
{
    static readonly JsonSerializerSettings Plain = new JsonSerializerSettings { DateParseHandling = DateParseHandling.None };

    public static void Main()
    {
        var given = JsonConvert.DeserializeObject<JObject>(File.ReadAllText("calls.json"), Plain);
        var answers = new JArray();
        foreach (JObject call in given["calls"])
        {
            answers.Add(Make(call, (string)given["url"]));
        }
        File.WriteAllText("answers.json", JsonConvert.SerializeObject(answers));
    }

    static JObject Make(JObject call, string url)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer any-token");
        http.DefaultRequestHeaders.Add("Prefer", (string)call["prefer"]);
        var type = typeof(SnapClient);
        var client = (SnapClient)Activator.CreateInstance(type, http);
        client.BaseUrl = url;
        var operation = (string)call["operationId"];
        var name = char.ToUpperInvariant(operation[0]) + operation.Substring(1) + "Async";
        var method = type.GetMethods().Single(it =>
            string.Equals(it.Name, name, StringComparison.OrdinalIgnoreCase)
            && it.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken)));
        var arguments = method.GetParameters().Select(parameter => Argument(parameter, call)).ToArray();
        var status = 200;
        object answer;
        try
        {
            var task = (Task)method.Invoke(client, arguments);
            task.GetAwaiter().GetResult();
            answer = task.GetType().GetProperty("Result").GetValue(task);
        }
        catch (ApiException refused)
        {
            status = refused.StatusCode;
            var result = refused.GetType().GetProperty("Result");
            if (result == null) throw;
            answer = result.GetValue(refused);
        }
        var code = answer.GetType().GetProperty("ResponseCode").GetValue(answer);
        var member = code.GetType().GetField(code.ToString()).GetCustomAttribute<EnumMemberAttribute>();
        return new JObject
        {
            ["operationId"] = operation,
            ["status"] = status,
            ["responseCode"] = member.Value,
            ["body"] = JsonConvert.DeserializeObject<JObject>(JsonConvert.SerializeObject(answer), Plain),
        };
    }

    /// <summary>The parameter x_PARTNER_ID is the header X-PARTNER-ID.</summary>
    static object Argument(ParameterInfo parameter, JObject call)
    {
        if (parameter.Name == "body")
        {
            var request = JsonConvert.DeserializeObject(call["body"].ToString(), parameter.ParameterType);
            Validator.ValidateObject(request, new ValidationContext(request), true);
            return request;
        }
        var headers = (JObject)call["headers"];
        var named = headers.Properties().SingleOrDefault(it =>
            string.Equals(it.Name.Replace("-", "_"), parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (named == null) return null;
        if (parameter.ParameterType == typeof(DateTimeOffset)) return DateTimeOffset.Parse((string)named.Value);
        return (string)named.Value;
    }
}
