using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Local.Tasks;
using Shouldly;
using Xunit;

namespace Orkestra.Local.Tests;

/// <summary>What tasks send to services, and what becomes of the answers.</summary>
public sealed class ForwardingTests
{
    [Fact]
    public async Task A_function_is_invoked_by_its_ARN_and_by_the_optimized_integration()
    {
        using var lambda = new FakeService("""{"n":2}""");
        foreach (var (resource, input) in ((string, string)[])
        [
            ("arn:aws:lambda:us-east-1:000000000000:function:double:live", """{"n":1}"""),
            ("arn:aws:states:::lambda:invoke", """{"FunctionName":"arn:aws:lambda:us-east-1:000000000000:function:double:live","Payload":{"n":1}}"""),
            ("arn:aws:states:::lambda:invoke.waitForTaskToken", """{"FunctionName":"double","Qualifier":"live","Payload":{"n":1}}"""),
        ])
        {
            var outcome = await RunAsync(resource, input, ("LAMBDA_ENDPOINT", lambda.Address));
            outcome.Value.ShouldBe(JsonValue.Parse("""{"n":2}"""), outcome.Cause);
            var request = lambda.Next();
            (request.Method, request.Path, request.Body).ShouldBe(("POST", "/2015-03-31/functions/double/invocations?Qualifier=live", """{"n":1}"""));
            request.Headers["Authorization"].ShouldStartWith("AWS4-HMAC-SHA256 Credential=local/");
        }

        (await RunAsync("arn:aws:states:::lambda:invoke", """{"FunctionName":"double"}""", ("AWS_ENDPOINT_URL", lambda.Address))).IsSuccess.ShouldBeTrue();
        lambda.Next().Body.ShouldBe("{}");
        var sdk = await RunAsync("arn:aws:states:::aws-sdk:lambda:invoke", """{"FunctionName":"double","Payload":"{\"n\":1}"}""", ("AWS_ENDPOINT_URL_LAMBDA", lambda.Address));
        sdk.Value.ShouldBe(JsonValue.Parse("""{"ExecutedVersion":"$LATEST","Payload":"{\"n\":2}","StatusCode":200}"""));
    }

    [Fact]
    public async Task A_function_that_throws_fails_the_task_with_its_error()
    {
        const string Thrown = """{"errorType":"InvalidOperationException","errorMessage":"no","stackTrace":[]}""";
        using var lambda = new FakeService(Thrown, 200, ("X-Amz-Function-Error", "Unhandled"));
        var outcome = await RunAsync("arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""", ("LAMBDA_ENDPOINT", lambda.Address));
        (outcome.Error, outcome.Cause).ShouldBe(("InvalidOperationException", Thrown));
    }

    [Theory]
    [InlineData(404, "{\"Message\":\"Function not found\"}", "Lambda.ResourceNotFoundException", "Function not found (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: r; Proxy: null)")]
    [InlineData(429, "{\"message\":\"slow down\"}", "Lambda.TooManyRequestsException", "slow down (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: r; Proxy: null)")]
    [InlineData(503, "", "Lambda.ServiceException", "null (Service: AWSLambda; Status Code: 503; Error Code: ServiceException; Request ID: r; Proxy: null)")]
    public async Task A_call_that_Lambda_refuses_fails_with_the_errors_that_retriers_know(int status, string body, string error, string cause)
    {
        using var lambda = new FakeService(body, status, ("x-amzn-RequestId", "r"));
        var outcome = await RunAsync("arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""", ("LAMBDA_ENDPOINT", lambda.Address));
        (outcome.Error, outcome.Cause).ShouldBe((error, cause));
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_an_error_of_the_client()
    {
        string address;
        using (var gone = new FakeService("")) address = gone.Address;
        var outcome = await RunAsync("arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""", ("LAMBDA_ENDPOINT", address));
        outcome.Error.ShouldBe("Lambda.SdkClientException");
        outcome.Cause!.ShouldStartWith($"Unable to execute HTTP request to {address}: ");
    }

    [Fact]
    public async Task DynamoDB_is_called_with_AWS_JSON()
    {
        using var dynamo = new FakeService("""{"Item":{"Id":{"S":"1"}}}""");
        var optimized = await RunAsync("arn:aws:states:::dynamodb:getItem", """{"TableName":"t","Key":{"Id":{"S":"1"}}}""", ("AWS_ENDPOINT_URL_DYNAMODB", dynamo.Address));
        optimized.Value!["Item"].ShouldBe(JsonValue.Parse("""{"Id":{"S":"1"}}"""));
        optimized.Value["SdkHttpMetadata"].ShouldNotBeNull();
        var request = dynamo.Next();
        (request.Method, request.Path, request.Headers["X-Amz-Target"], request.Headers["Content-Type"]).ShouldBe(("POST", "/", "DynamoDB_20120810.GetItem", "application/x-amz-json-1.0"));
        request.Json.ShouldBe(JsonValue.Parse("""{"TableName":"t","Key":{"Id":{"S":"1"}}}"""));
        (await RunAsync("arn:aws:states:::aws-sdk:dynamodb:scan", """{"TableName":"t"}""", ("DYNAMODB_ENDPOINT", dynamo.Address))).Value.ShouldBe(JsonValue.Parse("""{"Item":{"Id":{"S":"1"}}}"""));
        dynamo.Next().Headers["X-Amz-Target"].ShouldBe("DynamoDB_20120810.Scan");
    }

    [Theory]
    [InlineData("dynamodb:putItem", "DynamoDB.ConditionalCheckFailedException", "no (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: r; Proxy: null)")]
    [InlineData("aws-sdk:dynamodb:putItem", "DynamoDb.ConditionalCheckFailedException", "no (Service: DynamoDb, Status Code: 400, Request ID: r) (SDK Attempt Count: 1)")]
    public async Task Refusals_have_the_form_of_the_integration(string resource, string error, string cause)
    {
        using var dynamo = new FakeService("""{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}""", 400, ("x-amzn-RequestId", "r"));
        var outcome = await RunAsync($"arn:aws:states:::{resource}", "{}", ("AWS_ENDPOINT_URL", dynamo.Address));
        (outcome.Error, outcome.Cause).ShouldBe((error, cause));
    }

    [Fact]
    public async Task A_message_for_SQS_may_be_JSON()
    {
        using var sqs = new FakeService("""{"MessageId":"m","MD5OfMessageBody":"x"}""");
        var outcome = await RunAsync("arn:aws:states:::sqs:sendMessage.waitForTaskToken", """{"QueueUrl":"http://q","MessageBody":{"a":1}}""", ("AWS_ENDPOINT_URL_SQS", sqs.Address));
        outcome.Value!["MessageId"].ShouldBe((JsonValue)"m");
        var request = sqs.Next();
        request.Headers["X-Amz-Target"].ShouldBe("AmazonSQS.SendMessage");
        request.Json.ShouldBe(JsonValue.Parse("""{"QueueUrl":"http://q","MessageBody":"{\"a\":1}"}"""));
    }

    [Fact]
    public async Task An_event_for_EventBridge_may_have_JSON_details_and_may_fail()
    {
        using var events = new FakeService(request => new FakeService.Answer(request.Body.Contains("bad", StringComparison.Ordinal)
            ? """{"FailedEntryCount":1,"Entries":[{"ErrorCode":"X"}]}""" : """{"FailedEntryCount":0,"Entries":[{"EventId":"e"}]}"""));
        (await RunAsync("arn:aws:states:::events:putEvents", """{"Entries":[{"Source":"s","DetailType":"t","Detail":{"a":1}}]}""", ("AWS_ENDPOINT_URL_EVENTBRIDGE", events.Address)))
            .Value!["Entries"].ShouldBe(JsonValue.Parse("""[{"EventId":"e"}]"""));
        var request = events.Next();
        request.Headers["X-Amz-Target"].ShouldBe("AWSEvents.PutEvents");
        request.Json["Entries"]![0]!["Detail"].ShouldBe((JsonValue)"""{"a":1}""");
        (await RunAsync("arn:aws:states:::events:putEvents", """{"Entries":[{"Source":"bad"}]}""", ("AWS_ENDPOINT_URL", events.Address))).Error.ShouldBe("EventBridge.FailedEntry");
    }

    [Fact]
    public async Task SNS_speaks_forms_and_XML()
    {
        using var sns = new FakeService(request => request.Body.Contains("bad", StringComparison.Ordinal)
            ? new FakeService.Answer("<ErrorResponse><Error><Code>NotFound</Code><Message>no topic</Message></Error><RequestId>r</RequestId></ErrorResponse>", 404)
            : new FakeService.Answer("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"));
        var input = """{"TopicArn":"arn:t","Message":{"a":"x y"},"MessageAttributes":{"k":{"DataType":"String","StringValue":"v"}}}""";
        (await RunAsync("arn:aws:states:::sns:publish", input, ("AWS_ENDPOINT_URL_SNS", sns.Address))).Value!["MessageId"].ShouldBe((JsonValue)"m");
        sns.Next().Body.ShouldBe(
            "Action=Publish&Version=2010-03-31&TopicArn=arn%3At&Message=%7B%22a%22%3A%22x%20y%22%7D&MessageAttributes.entry.1.Name=k&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=v");
        var refused = await RunAsync("arn:aws:states:::sns:publish", """{"TopicArn":"bad"}""", ("AWS_ENDPOINT_URL_SNS", sns.Address));
        (refused.Error, refused.Cause).ShouldBe(("SNS.NotFoundException", "no topic (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: r; Proxy: null)"));
    }

    [Fact]
    public async Task Objects_of_S3_are_put_read_and_listed_by_path()
    {
        using var s3 = new FakeService(request => request.Path switch
        {
            "/b/a%20b/c.json" => new FakeService.Answer("""{"x":1}""", 200, ("ETag", "\"e\""), ("Content-Type", "application/json")),
            var list when list.StartsWith("/b?", StringComparison.Ordinal) =>
                new FakeService.Answer("<ListBucketResult><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>7</Size></Contents></ListBucketResult>"),
            _ => new FakeService.Answer("<Error><Code>NoSuchKey</Code><Message>no</Message></Error>", 404),
        });
        (string, string) endpoint = ("AWS_ENDPOINT_URL_S3", s3.Address);
        (await RunAsync("arn:aws:states:::aws-sdk:s3:putObject", """{"Bucket":"b","Key":"a b/c.json","Body":{"x":1}}""", endpoint)).Value!["ETag"].ShouldBe((JsonValue)"\"e\"");
        var put = s3.Next();
        (put.Method, put.Body, put.Headers.ContainsKey("X-Amz-Content-Sha256")).ShouldBe(("PUT", """{"x":1}""", true));
        (await RunAsync("arn:aws:states:::aws-sdk:s3:getObject", """{"Bucket":"b","Key":"a b/c.json"}""", endpoint)).Value!["Body"].ShouldBe((JsonValue)"""{"x":1}""");
        (await RunAsync("arn:aws:states:::aws-sdk:s3:listObjectsV2", """{"Bucket":"b","Prefix":"k/"}""", endpoint)).Value
            .ShouldBe(JsonValue.Parse("""{"KeyCount":1,"IsTruncated":false,"Contents":[{"Key":"k","Size":7}]}"""));
        s3.Next();
        s3.Next().Path.ShouldBe("/b?list-type=2&prefix=k%2F");
        (await RunAsync("arn:aws:states:::aws-sdk:s3:getObject", """{"Bucket":"b","Key":"none"}""", endpoint)).Error.ShouldBe("S3.NoSuchKeyException");
        (await RunAsync("arn:aws:states:::aws-sdk:s3:getBucketAcl", """{"Bucket":"b"}""", endpoint)).Error.ShouldBe("S3.UnsupportedOperationException");
    }

    [Theory]
    [InlineData("lambda:invoke", "No endpoint of Lambda is known for 'arn:aws:states:::lambda:invoke' of the state 'Work'. Set LAMBDA_ENDPOINT or AWS_ENDPOINT_URL to its address, or mock the state with SFN_MOCK_CONFIG.")]
    [InlineData("aws-sdk:s3:getObject", "No endpoint of S3 is known for 'arn:aws:states:::aws-sdk:s3:getObject' of the state 'Work'. Set AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL to its address, or mock the state with SFN_MOCK_CONFIG.")]
    [InlineData("ecs:runTask.sync", "Tasks of 'ecs' are not forwarded, so that 'arn:aws:states:::ecs:runTask.sync' of the state 'Work' cannot be carried out. Mock the state with SFN_MOCK_CONFIG, or give the runtime an invoker that handles it.")]
    public async Task A_task_that_cannot_be_carried_out_says_what_to_set(string resource, string cause)
    {
        var outcome = await RunAsync($"arn:aws:states:::{resource}", "{}");
        (outcome.Error, outcome.Cause).ShouldBe((ErrorNames.Runtime, cause));
    }

    [Theory]
    [InlineData("arn:aws:states:::states:startExecution.sync")]
    [InlineData("arn:aws:states:::http:invoke")]
    [InlineData("arn:aws:states:us-east-1:000000000000:activity:a")]
    public async Task What_the_runtime_does_itself_is_left_to_it(string resource) => (await RunAsync(resource, "{}")).IsHandled.ShouldBeFalse();

    static async Task<TaskOutcome> RunAsync(string resource, string input, params (string Name, string Value)[] environment)
    {
        using var invoker = new ForwardingInvoker(name => Array.Find(environment, variable => variable.Name == name).Value);
        return await invoker.InvokeAsync(new TaskInvocation(TaskResource.Parse(resource), JsonValue.Parse(input), "Work"));
    }
}
