using System.Diagnostics;
using Amazon.Runtime;
using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>The requests that leave the process.</summary>
public sealed class RequestTests
{
    const string Machine = "arn:aws:states:eu-central-1:123456789012:stateMachine:PlaceOrder";
    const string Execution = "arn:aws:states:eu-central-1:123456789012:execution:PlaceOrder:one";
    const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    // One of each action that the client has, as boto3 is asked for it.
    static readonly (string Action, string Boto, JsonObject Request)[] Calls =
    [
        ("StartExecution", "start_execution", JsonObject.Create(("stateMachineArn", Machine), ("name", "one"), ("input", """{"id":"Ä-7","quantity":2}"""))),
        ("DescribeExecution", "describe_execution", JsonObject.Create(("executionArn", Execution))),
        ("StopExecution", "stop_execution", JsonObject.Create(("executionArn", Execution), ("error", "E"), ("cause", "C"))),
        ("RedriveExecution", "redrive_execution", JsonObject.Create(("executionArn", Execution), ("clientToken", "token"))),
        ("GetExecutionHistory", "get_execution_history", JsonObject.Create(("executionArn", Execution), ("maxResults", 1000))),
        ("ListExecutions", "list_executions", JsonObject.Create(("stateMachineArn", Machine), ("statusFilter", "RUNNING"))),
        ("ListStateMachines", "list_state_machines", JsonObject.Empty),
        ("SendTaskSuccess", "send_task_success", JsonObject.Create(("taskToken", "T"), ("output", "{}"))),
        ("SendTaskFailure", "send_task_failure", JsonObject.Create(("taskToken", "T"), ("error", "E"), ("cause", "C"))),
        ("SendTaskHeartbeat", "send_task_heartbeat", JsonObject.Create(("taskToken", "T"))),
    ];

    [Fact]
    public async Task Requests_to_AWS_are_those_of_boto3()
    {
        await using var server = await RecordingServer.StartAsync((_, _) => (200, "{}"));
        using (var connection = ToAws(server, "session/token+="))
        {
            foreach (var (action, _, request) in Calls) await connection.CallAsync(action, request);
        }

        var ours = server.Requests;
        await BotoAsync(server.Address);
        var theirs = server.Requests[ours.Length..];
        theirs.Length.ShouldBe(Calls.Length);
        foreach (var (our, their) in ours.Zip(theirs))
        {
            (our.Method, our.Path, our.Action).ShouldBe((their.Method, their.Path, their.Action));
            our.Json.ShouldBe(their.Json, our.Action);
            our.Headers["content-type"].ShouldBe(their.Headers["content-type"]);
            our.Headers["x-amz-security-token"].ShouldBe(their.Headers["x-amz-security-token"]);
            our.Scope.Split('/')[1..].ShouldBe(their.Scope.Split('/')[1..]);
            our.SignedHeaders.ShouldBe(their.SignedHeaders, our.Action);
            our.HasSignatureOf(Secret).ShouldBeTrue(our.Action);
            their.HasSignatureOf(Secret).ShouldBeTrue(their.Action);
        }
    }

    [Fact]
    public async Task A_request_without_an_answer_is_sent_again()
    {
        await using var server = await RecordingServer.StartAsync((_, number) => number switch
        {
            1 => (0, ""),
            2 => (400, """{"__type":"com.amazonaws.states#ThrottlingException","message":"Rate exceeded"}"""),
            3 => (503, "busy"),
            _ => (200, """{"executionArn":"x"}"""),
        });
        using var connection = WorkflowConnection.ToEndpoint(server.Address);
        (await connection.CallAsync("StartExecution", Calls[0].Request)).ToJson().ShouldBe("""{"executionArn":"x"}""");
        server.Requests.Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated()
    {
        await using var server = await RecordingServer.StartAsync((_, _) => (400, """{"__type":"ExecutionDoesNotExist","message":"Execution Does Not Exist: 'x'"}"""));
        using var connection = WorkflowConnection.ToEndpoint(server.Address);
        var refusal = await Should.ThrowAsync<ServiceException>(() => connection.CallAsync("DescribeExecution", Calls[1].Request));
        (refusal.Code, refusal.Message, server.Requests.Length).ShouldBe(("ExecutionDoesNotExist", "Execution Does Not Exist: 'x'", 1));
    }

    [Fact]
    public async Task An_answer_without_its_fields_is_not_that_of_the_service()
    {
        await using var server = await RecordingServer.StartAsync((_, _) => (200, "{}"));
        using var connection = WorkflowConnection.ToEndpoint(server.Address);
        var client = new StateMachineClient<int, int>(Machine, connection);
        (await Should.ThrowAsync<HttpRequestException>(() => client.StartAsync(1))).Message.ShouldBe("An answer has no 'executionArn', as those of Step Functions do. Is it another server?");
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_found_when_its_execution_has_ended()
    {
        await using var server = await RecordingServer.StartAsync((request, number) => (number, request.Action) switch
        {
            (1, _) => (0, ""),
            (_, "AWSStepFunctions.StartExecution") => (400, """{"__type":"ExecutionAlreadyExists","message":"Execution Already Exists"}"""),
            _ => (200, """{"executionArn":"x","status":"SUCCEEDED","startDate":1.5,"input":"{\"quantity\":2,\"id\":\"Ä-7\"}"}"""),
        });
        using var connection = WorkflowConnection.ToEndpoint(server.Address);
        ((JsonValue)await connection.CallAsync("StartExecution", Calls[0].Request))["executionArn"].ShouldBe((JsonValue)Execution);
        var other = Calls[0].Request.With("input", "{}");
        (await Should.ThrowAsync<ServiceException>(() => connection.CallAsync("StartExecution", other))).Code.ShouldBe("ExecutionAlreadyExists");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        Uri address;
        await using (var server = await RecordingServer.StartAsync((_, _) => (200, "{}"))) address = server.Address;
        using var connection = WorkflowConnection.ToEndpoint(address);
        await Should.ThrowAsync<HttpRequestException>(() => connection.CallAsync("ListStateMachines", JsonObject.Empty));
    }

    [Fact]
    public void The_address_follows_from_the_region() =>
        (AwsAddress.Of(new AwsConnectionOptions { Region = "eu-central-1" }), AwsAddress.Of(new AwsConnectionOptions { Region = "cn-north-1" }))
            .ShouldBe((new Uri("https://states.eu-central-1.amazonaws.com"), new Uri("https://states.cn-north-1.amazonaws.com.cn")));

    static WorkflowConnection ToAws(RecordingServer server, string sessionToken) => WorkflowConnection.ToAws(new AwsConnectionOptions
    {
        Region = "eu-central-1",
        Endpoint = server.Address,
        Credentials = new SessionAWSCredentials("AKIDEXAMPLE", Secret, sessionToken),
    });

    static async Task BotoAsync(Uri address)
    {
        var script = $"""
            import json, sys, boto3
            from botocore.config import Config
            client = boto3.client("stepfunctions", endpoint_url="{address.AbsoluteUri.TrimEnd('/')}", region_name="eu-central-1", aws_access_key_id="AKIDEXAMPLE",
                aws_secret_access_key="{Secret}", aws_session_token="session/token+=", config=Config(retries=dict(max_attempts=0)))
            for name, arguments in json.load(sys.stdin): getattr(client, name)(**arguments)
            """;
        var start = new ProcessStartInfo("python3") { RedirectStandardInput = true, RedirectStandardError = true, ArgumentList = { "-c", script } };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            Assert.Skip($"Python is not here: {problem.Message}");
            return;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(JsonArray.Create(Calls.Select(call => (JsonValue)JsonArray.Create([(JsonValue)call.Boto, call.Request]))).ToJson());
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await process.WaitForExitAsync(patience.Token);
            if ((await errors).Contains("ModuleNotFoundError", StringComparison.Ordinal)) Assert.Skip("boto3 is not here.");
            process.ExitCode.ShouldBe(0, await errors);
        }
    }
}
