using System.Globalization;
using System.Net;
using System.Text;
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
        seen.ShouldBe("POST /orders?q=a%20b&n=1&n=2&key=k application/json; charset=UTF-8 Amazon|StepFunctions|HttpInvoke|us-east-1 1 Basic dTpw {\"a\":[1],\"secret\":\"s\"}");
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
    public async Task A_body_may_have_as_many_bytes_as_a_payload()
    {
        using var fitting = LoopbackServer.Answering(200, "text/plain", new string('x', 256 * 1024));
        (await Run(fitting, """ "Method": "GET" """)).Error.ShouldBe("States.DataLimitExceeded");
        using var server = LoopbackServer.Answering(200, "text/plain", new string('x', (256 * 1024) + 1));
        var result = await Run(server, """ "Method": "GET" """);
        (result.Error, result.Cause).ShouldBe(("States.DataLimitExceeded", "The state/task 'http' returned a result with a size exceeding the maximum number of bytes service limit."));
    }

    [Fact]
    public async Task A_body_that_never_ends_is_not_kept()
    {
        var sent = 0L;
        using var server = new LoopbackServer(async (context, _) =>
        {
            context.Response.StatusCode = 500;
            context.Response.SendChunked = true;
            var block = Encoding.UTF8.GetBytes(new string('é', 4096));
            try
            {
                while (sent < 100_000_000)
                {
                    await context.Response.OutputStream.WriteAsync(block);
                    sent += block.Length;
                }
            }
            catch (Exception problem) when (problem is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The caller has enough.
            }
        });
        var result = await Run(server, """ "Method": "GET" """);
        result.Error.ShouldBe("States.Http.StatusCode.500");
        result.Cause.ShouldBe(new string('é', 32_768));
        sent.ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var other = 0;
        using var target = LoopbackServer.Answering(200, "text/plain", "", (_, _) => other++);
        using var server = new LoopbackServer((context, _) =>
        {
            context.Response.Redirect(target.Address);
            context.Response.Close();
            return Task.CompletedTask;
        });
        (await Run(server, """ "Method": "GET" """)).Error.ShouldBe("States.Http.StatusCode.302");
        other.ShouldBe(0);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", false)]
    [InlineData("text/plain", false)]
    [InlineData("text/plain; charset=nothing", false)]
    [InlineData("text/plain; charset=iso-8859-1", true)]
    public async Task Bytes_that_are_not_text_cannot_be_read(string type, bool isText)
    {
        using var server = new LoopbackServer(async (context, _) =>
        {
            context.Response.ContentType = type;
            await context.Response.OutputStream.WriteAsync(Encoding.Latin1.GetBytes("é"));
            context.Response.Close();
        });
        var result = await Run(server, """ "Method": "GET" """);
        if (isText) result.Output!["ResponseBody"].ShouldBe((JsonValue)"é", result.Cause);
        else (result.Error, result.Cause).ShouldBe(("States.Runtime", "The response cannot be read as text."));
    }

    [Theory]
    [InlineData("invalid")]
    [InlineData("disposed")]
    [InlineData("cancelled")]
    [InlineData("argument")]
    public async Task Whatever_a_client_throws_is_an_error_of_the_socket(string kind)
    {
        Exception problem = kind switch
        {
            "invalid" => new InvalidOperationException("no route"),
            "disposed" => new ObjectDisposedException("client", "no route"),
            "cancelled" => new TaskCanceledException("no route"),
            _ => new ArgumentException("no route"),
        };
        var result = await Run("http://127.0.0.1:9/", """ "Method": "GET" """, new HttpTaskOptions { Client = new HttpClient(new Throwing(problem)) });
        result.Error.ShouldBe("States.Http.Socket");
        result.Cause!.ShouldContain("no route");
    }

    [Fact]
    public async Task Whatever_a_finder_throws_is_an_error_of_the_connection()
    {
        foreach (var problem in (Exception[])[new InvalidOperationException("broken"), new FormatException("broken"), new OperationCanceledException("broken")])
        {
            var result = await Run("http://127.0.0.1:9/", """ "Method": "GET" """, new HttpTaskOptions { FindConnection = (_, _) => throw problem });
            (result.Error, result.Cause).ShouldBe(("Events.ConnectionResource.InternalError", $"Connection '{Connection}' cannot be read: {problem.GetType().Name}: broken"));
        }
    }

    [Theory]
    [InlineData(""" "Headers": { "X-Mine": "a\r\nX-Other: b" } """, "The header 'X-Mine' has a line break in its value.")]
    [InlineData(""" "Headers": { "X Mine": "a" } """, "'X Mine' cannot be the name of a header.")]
    [InlineData(""" "Headers": { "": "a" } """, "'' cannot be the name of a header.")]
    [InlineData(""" "Headers": { "Content-Type": "a\nb" }, "RequestBody": {} """, "The header 'Content-Type' has a line break in its value.")]
    [InlineData(""" "Headers": { "referer": "a" } """, "The header 'referer' cannot be set by an HTTP task.")]
    [InlineData(""" "Headers": { "Accept-Encoding": "gzip" } """, "The header 'Accept-Encoding' cannot be set by an HTTP task.")]
    public async Task Headers_that_cannot_be_sent_are_fatal(string fields, string cause)
    {
        using var server = LoopbackServer.Answering(200, "text/plain", "");
        var result = await Run(server, $""" "Method": "POST", {fields} """);
        (result.Error, result.Cause).ShouldBe(("States.Runtime", cause));
    }

    sealed class Throwing(Exception problem) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw problem;
    }

    [Fact]
    public async Task Errors_of_the_connection_have_their_names()
    {
        using var server = LoopbackServer.Answering(200, "text/plain", "");
        (await Run(server, """ "Method": "GET" """, new HttpTaskOptions { FindConnection = (_, _) => new((HttpTaskConnection?)null) })).Error.ShouldBe("Events.ConnectionResource.ResourceNotFound");
        var refusing = new HttpTaskOptions { FindConnection = (_, _) => throw new HttpTaskConnectionException("InvalidConnectionState", "being made") };
        var result = await Run(server, """ "Method": "GET" """, refusing);
        (result.Error, result.Cause).ShouldBe(("Events.ConnectionResource.InvalidConnectionState", "being made"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_traced_test_tells_request_and_response_and_secrets_only_when_asked(bool reveals)
    {
        using var server = LoopbackServer.Answering(201, "application/json", """{ "id": 7 }""");
        var tester = new StateTester { Http = new HttpTaskOptions { FindConnection = (_, _) => new(HttpTaskConnection.ApiKey("X-Key", "secret")) } };
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
            FindConnection = (arn, _) => new(arn != Connection ? null : HttpTaskConnection.Basic("u", "p") with
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
