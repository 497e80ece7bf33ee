using System.Globalization;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.TestState;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Integrations;

public sealed class HttpTaskTests
{
    const string Connection = "arn:aws:events:us-east-1:000000000000:connection/Shop/1";

    [Fact]
    public async Task A_call_is_answered_with_headers_body_and_status()
    {
        string? seen = null;
        using var server = LoopbackServer.Answering(200, "application/json; charset=utf-8", """{ "id": 7 }""", (request, body) =>
            seen = $"{request.HttpMethod} {request.RawUrl} {request.ContentType} {request.UserAgent} {request.Headers["X-Mine"]} {request.Headers["Authorization"]} {body}");
        var result = await Run(server, """ "Method": "POST", "QueryParameters": { "q": "a b", "n": [1, 2] }, "Headers": { "X-Mine": "1" }, "RequestBody": { "a": [1] } """);
        seen.ShouldBe("POST /orders?q=a%20b&n=1&n=2&key=k application/json Amazon|StepFunctions|HttpInvoke|us-east-1 1 Basic dTpw {\"a\":[1],\"secret\":\"s\"}");
        result.Output!["StatusCode"].ShouldBe((JsonValue)200, result.Cause);
        result.Output["StatusText"].ShouldBe((JsonValue)"OK");
        result.Output["ResponseBody"].ShouldBe(JsonValue.Parse("""{ "id": 7 }"""));
        result.Output["Headers"]!["x-answer"].ShouldBe(JsonValue.Parse("""["yes"]"""));
        result.History.Single(happened => happened.Type == HistoryEventType.TaskScheduled).Details["resourceType"].ShouldBe((JsonValue)"http");
    }

    [Theory]
    [InlineData("", "array[0]=a%20b&array[1]=2&o[x]=1&secret=s")]
    [InlineData("""{ "ArrayFormat": "INDICES" }""", "array[0]=a%20b&array[1]=2&o[x]=1&secret=s")]
    [InlineData("""{ "ArrayFormat": "REPEAT" }""", "array=a%20b&array=2&o[x]=1&secret=s")]
    [InlineData("""{ "ArrayFormat": "COMMAS" }""", "array=a%20b,2&o[x]=1&secret=s")]
    [InlineData("""{ "ArrayFormat": "BRACKETS" }""", "array[]=a%20b&array[]=2&o[x]=1&secret=s")]
    [InlineData("""{ "ArrayFormat": "NONE" }""", "array=%5B%22a%20b%22%2C2%5D&o[x]=1&secret=s")]
    public async Task A_body_may_be_encoded_as_a_form(string options, string encoded)
    {
        var seen = "";
        using var server = LoopbackServer.Answering(200, "text/plain", "fine", (request, body) => seen = $"{request.ContentType} {body}");
        var transform = options.Length == 0 ? "" : $", \"RequestEncodingOptions\": {options}";
        var result = await Run(server, $$""" "Method": "POST", "RequestBody": { "array": ["a b", 2], "o": { "x": 1 } }, "Transform": { "RequestBodyEncoding": "URL_ENCODED"{{transform}} } """);
        seen.ShouldBe($"application/x-www-form-urlencoded {encoded}");
        result.Output!["ResponseBody"].ShouldBe((JsonValue)"fine", result.Cause);
    }

    [Theory]
    [InlineData(404, "States.Http.StatusCode.404")]
    [InlineData(429, "States.Http.StatusCode.429")]
    [InlineData(500, "States.Http.StatusCode.500")]
    public async Task A_bad_status_is_an_error_with_the_body_as_its_cause(int status, string error)
    {
        using var server = LoopbackServer.Answering(status, "application/json", """{"why":"so"}""");
        var result = await Run(server, """ "Method": "GET" """);
        result.Error.ShouldBe(error);
        result.Cause.ShouldBe("""{"why":"so"}""");
    }

    [Fact]
    public async Task No_answer_in_time_is_an_error_of_the_socket()
    {
        using var server = new LoopbackServer((_, _) => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));
        var result = await Run(server, """ "Method": "GET" """, new HttpTaskOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        result.Error.ShouldBe("States.Http.Socket");
        result.Cause.ShouldBe("The HTTP request timed out after 0.05 seconds.");
    }

    [Fact]
    public async Task Nobody_there_is_an_error_of_the_socket()
    {
        var server = LoopbackServer.Answering(200, "text/plain", "");
        server.Dispose();
        (await Run(server, """ "Method": "GET" """)).Error.ShouldBe("States.Http.Socket");
    }

    [Theory]
    [InlineData(""" "Method": "GET", "Headers": { "Authorization": "x" } """, "The header 'Authorization' cannot be set by an HTTP task.")]
    [InlineData(""" "Method": "GET", "Headers": { "x-amz-date": "x" } """, "The header 'x-amz-date' cannot be set by an HTTP task.")]
    [InlineData(""" "Method": "GET", "Headers": { "X-Forwarded-For": "x" } """, "The header 'X-Forwarded-For' cannot be set by an HTTP task.")]
    [InlineData(""" "Method": "FETCH" """, "The Method 'FETCH' is not supported; use one of GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD.")]
    [InlineData(""" "Method": 1 """, "An HTTP task needs the text 'Method'.")]
    [InlineData(""" "Method": "POST", "RequestBody": "text" """, "The RequestBody must be an object, because the connection adds fields to it.")]
    [InlineData(""" "Method": "GET", "QueryParameters": [] """, "The field 'QueryParameters' of an HTTP task must be an object.")]
    public async Task A_request_that_cannot_be_made_is_fatal(string fields, string cause)
    {
        using var server = LoopbackServer.Answering(200, "text/plain", "");
        var result = await Run(server, fields);
        result.Error.ShouldBe("States.Runtime");
        result.Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task Only_this_machine_is_called_without_tls()
    {
        var result = await Run("http://orkestra.example/", """ "Method": "GET" """);
        result.Cause.ShouldBe("The ApiEndpoint 'http://orkestra.example/orders' must begin with https://.");
    }

    [Fact]
    public async Task What_is_no_text_cannot_be_read()
    {
        using var server = LoopbackServer.Answering(200, "image/png", "x");
        (await Run(server, """ "Method": "GET" """)).Cause.ShouldBe("The response has the content type 'image/png', which an HTTP task cannot read.");
    }

    [Fact]
    public async Task Errors_of_the_connection_have_their_names()
    {
        using var server = LoopbackServer.Answering(200, "text/plain", "");
        (await Run(server, """ "Method": "GET" """, new HttpTaskOptions { FindConnection = (_, _) => new((HttpConnection?)null) })).Error.ShouldBe("Events.ConnectionResource.ResourceNotFound");
        var refusing = new HttpTaskOptions { FindConnection = (_, _) => throw new HttpConnectionException("InvalidConnectionState", "being made") };
        var result = await Run(server, """ "Method": "GET" """, refusing);
        (result.Error, result.Cause).ShouldBe(("Events.ConnectionResource.InvalidConnectionState", "being made"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_traced_test_tells_request_and_response_and_secrets_only_when_asked(bool reveals)
    {
        using var server = LoopbackServer.Answering(201, "application/json", """{ "id": 7 }""");
        var tester = new StateTester { Http = new HttpTaskOptions { FindConnection = (_, _) => new(HttpConnection.ApiKey("X-Key", "secret")) } };
        var tested = await tester.TestAsync(
            new StateTestRequest
            {
                Definition = $$"""
                    { "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
                      "Parameters": { "ApiEndpoint": "{{server.Address}}orders", "Method": "POST", "Authentication": { "ConnectionArn": "{{Connection}}" }, "Headers": { "X-Mine": "1" }, "RequestBody": { "a": 1 } } }
                    """,
                InspectionLevel = InspectionLevel.Trace,
                RoleArn = "arn:aws:iam::000000000000:role/r",
                RevealSecrets = reveals,
            },
            TestContext.Current.CancellationToken);
        tested.Status.ShouldBe(StateTestStatus.Succeeded, tested.Cause);
        JsonValue request = tested.InspectionData!.Request!;
        request["url"].ShouldBe((JsonValue)$"{server.Address}orders");
        request["method"].ShouldBe((JsonValue)"POST");
        request["body"].ShouldBe(JsonValue.Parse("""{ "a": 1 }"""));
        request["headers"].ShouldBe(JsonValue.Parse(reveals ? """{ "X-Mine": "1", "X-Key": "secret" }""" : """{ "X-Mine": "1" }"""));
        ((JsonValue)tested.InspectionData.Response!)["statusCode"].ShouldBe((JsonValue)201);
        ((JsonValue)tested.InspectionData.Response!)["body"].ShouldBe(JsonValue.Parse("""{ "id": 7 }"""));
    }

    static Task<ExecutionResult> Run(LoopbackServer server, string fields, HttpTaskOptions? options = null) => Run(server.Address, fields, options);

    static async Task<ExecutionResult> Run(string address, string fields, HttpTaskOptions? options = null)
    {
        options ??= new HttpTaskOptions
        {
            FindConnection = (arn, _) => new(arn != Connection ? null : HttpConnection.Basic("u", "p") with
            {
                QueryParameters = new Dictionary<string, string> { ["key"] = "k" },
                Body = JsonObject.Create(("secret", "s")),
            }),
        };
        var plan = ExecutionPlan.Compile(AslReader.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::http:invoke",
              "Parameters": { "ApiEndpoint": "{{address}}orders", "Authentication": { "ConnectionArn": "{{Connection}}" }, {{fields}} }, "End": true } } }
            """)));
        return await new OrkestraRuntime(new FunctionInvoker(), new OrkestraOptions { Http = options }).Run(plan, JsonObject.Empty);
    }
}
