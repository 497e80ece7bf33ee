using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Authoring.Services;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Services;

/// <summary>Calls of services without a function: their documents, what is refused, and how they run.</summary>
public sealed class ServiceStepTests
{
    sealed record Line(string Sku, int Quantity);

    sealed record Order(string Id, string Customer, decimal Total, bool Gift = false, string? Note = null, Line[]? Lines = null);

    sealed record Sent([property: JsonPropertyName("MessageId")] string MessageId);

    static readonly Order Sample = new("o-1", "ada", 12.5m, Lines: [new("pen", 2)]);

    static ServiceStep<Order, Sent> Notify => Aws.Step<Order, Sent>(
        "sqs:sendMessage", order => new { QueueUrl = "${OrdersQueue}", MessageBody = new { order.Id, Kind = "order", Skus = order.Lines!.Select(line => new { line.Sku }) } });

    [Fact]
    public void Constants_and_objects_stand_in_the_document_and_the_rest_is_an_expression()
    {
        var task = Task(Notify);
        task.Resource.ShouldBe("arn:aws:states:::sqs:sendMessage");
        task.Arguments.ShouldBe(JsonValue.Parse("""
            {
              "QueueUrl": "${OrdersQueue}",
              "MessageBody": { "Id": "{% $states.input.id %}", "Kind": "order", "Skus": "{% [$map($states.input.lines, function($line) { {'Sku': $line.sku} })] %}" }
            }
            """));
        task.Output.ShouldBeNull();
    }

    [Fact]
    public void The_state_has_the_name_of_the_member_that_declares_the_call_or_of_the_action()
    {
        Task(Notify, "Notify").ShouldNotBeNull();
        new Composed().Compile().Document.States.Keys.ShouldBe(["PutItem", "RunTask"]);
    }

    sealed class Composed : Workflow<Order, EcsTask>
    {
        public override Flow<Order, EcsTask> Define() =>
            Aws.Step<Order, JsonElement>("dynamodb:putItem", order => new { TableName = "Orders", Item = DynamoDb.ToItem(order) }).PassInput()
            >> Aws.Step<Order, EcsTask>("ecs:runTask.sync", order => new { TaskDefinition = "pack:3", Cluster = "main" });
    }

    [Fact]
    public void A_callback_hands_out_the_token()
    {
        var ask = Aws.Callback<Order, string>("sqs:sendMessage", (order, token) => new { QueueUrl = "q", MessageBody = new { Token = token, Order = order } }, "Ask");
        var task = Task(ask, "Ask");
        task.Resource.ShouldBe("arn:aws:states:::sqs:sendMessage.waitForTaskToken");
        task.Arguments!["MessageBody"].ShouldBe(JsonValue.Parse("""{ "Token": "{% $states.context.Task.Token %}", "Order": "{% $states.input %}" }"""));
    }

    [Fact]
    public void A_role_is_the_credentials_of_the_state() =>
        Task(Notify.AssumeRole("arn:aws:iam::1:role/sender")).Credentials.ShouldBe(JsonValue.Parse("""{ "RoleArn": "arn:aws:iam::1:role/sender" }"""));

    [Fact]
    public void Retries_catches_and_timeouts_stand_on_the_state()
    {
        Step<Failure, Sent> lost = new(_ => new("none"), "Lost");
        var task = Task(Notify.Retry(2).Timeout(TimeSpan.FromSeconds(9)).Catch<Exception>(lost));
        task.TimeoutSeconds.ShouldBe(9);
        task.Retry.ShouldHaveSingleItem().MaxAttempts.ShouldBe(2);
        task.Catch.ShouldHaveSingleItem().Next.ShouldBe("Lost");
    }

    [Theory]
    [InlineData("dynamodb:putItm", "has no action 'putItm'; it has deleteItem, getItem, putItem, updateItem")]
    [InlineData("dynamodb:putItem.sync", "has no pattern '.sync'")]
    [InlineData("s3:getObject", "\"aws-sdk:s3:getObject\"")]
    [InlineData("DynamoDB:putItem", "Did you mean 'dynamodb:putItem'?")]
    [InlineData("putItem", "write it as \"service:action\"")]
    [InlineData("aws-sdk:s3:GetObject", "Write 'getObject'")]
    [InlineData("aws-sdk:ecs:runTask.sync", "Only optimized integrations wait for jobs")]
    [InlineData("aws-sdk:s3:selectObjectContent", "cannot call s3:selectObjectContent")]
    public void A_wrong_action_is_refused(string action, string sentence) =>
        Refusal(Aws.Step<Order, JsonElement>(action, order => new { TableName = "t", Item = DynamoDb.ToItem(order) })).ShouldContain(sentence);

    [Fact]
    public void Wrong_parameters_are_refused()
    {
        Refusal(Aws.Step<Order, JsonElement>("dynamodb:putItem", order => new { TableName = "Orders" }, "Store"))
            .ShouldBe("'Store' does not give dynamodb:putItem the required parameter Item. Add it to the arguments.");
        Refusal(Aws.Step<Order, JsonElement>("dynamodb:putItem", order => new { tableName = "Orders" })).ShouldContain("Write 'TableName'.");
        Refusal(Aws.Step<Order, JsonElement>("dynamodb:putItem", order => 5)).ShouldContain("are not an object");
        Refusal(Aws.Callback<Order, string>("sqs:sendMessage", (order, token) => new { QueueUrl = "q", MessageBody = order })).ShouldContain("don't include the token");
    }

    [Fact]
    public void A_service_that_is_newer_than_the_catalog_can_be_named_by_its_ARN() =>
        Task(Aws.Step<Order, JsonElement>("arn:aws:states:::newservice:doIt", order => new { order.Id })).Resource.ShouldBe("arn:aws:states:::newservice:doIt");

    sealed record Misnamed(string MessageId);

    sealed record Unknown([property: JsonPropertyName("Receipt")] string Receipt);

    [Fact]
    public void An_answer_with_a_name_that_the_service_does_not_write_is_refused()
    {
        Refusal(Aws.Step<Order, Misnamed>("sqs:sendMessage", order => new { QueueUrl = "q", MessageBody = order })).ShouldContain("Put [JsonPropertyName(\"MessageId\")] on it.");
        Refusal(Aws.Step<Order, Unknown>("sqs:sendMessage", order => new { QueueUrl = "q", MessageBody = order })).ShouldContain("it has MD5OfMessageBody");
        Refusal(Aws.Step<Order, Misnamed>("aws-sdk:iot:publish", order => new { Topic = "t" })).ShouldContain("PascalCase");
    }

    [Fact]
    public void Actions_with_another_pattern_are_refused_at_once()
    {
        Should.Throw<ArgumentException>(() => Aws.Step<Order, string>("sqs:sendMessage.waitForTaskToken", order => new { })).Message.ShouldContain("Aws.Callback");
        Should.Throw<ArgumentException>(() => Aws.Callback<Order, string>("ecs:runTask.sync", (order, token) => new { token })).Message.ShouldContain("leave .sync out");
    }

    [Fact]
    public async Task An_item_is_stored_and_read_back_as_it_was()
    {
        var table = new FakeTable();
        var store = DynamoDb.Put<Order>("Orders", "Store") >> DynamoDb.Get<Order, Order>("Orders", order => new { order.Id }, name: "Read");
        foreach (var order in (Order[])[Sample, new("o-2", "", 0, Gift: true, Note: "x", Lines: []), new("o-3", "eve", -1.5m, Lines: [new("a", 1), new("b", 2)])])
        {
            var back = await Run(store, order, table);
            back!.ToString().ShouldBe(order.ToString());
            (back.Lines ?? []).ShouldBe(order.Lines ?? []);
        }

        table.Items["o-1"].ShouldBe(JsonValue.Parse("""
            {
              "id": { "S": "o-1" }, "customer": { "S": "ada" }, "total": { "N": "12.5" }, "gift": { "BOOL": false }, "note": { "NULL": true },
              "lines": { "L": [{ "M": { "sku": { "S": "pen" }, "quantity": { "N": "2" } } }] }
            }
            """));
        var missing = await Run(DynamoDb.Get<Order, Order>("Orders", order => new { order.Id }, name: "Read"), Sample with { Id = "none" }, table);
        missing.ShouldBeNull();
    }

    [Fact]
    public async Task Keys_and_values_are_attribute_values()
    {
        var table = new FakeTable();
        var update = DynamoDb.Update<Order, Order>(
            "Orders", order => new { order.Id }, "SET #total = :total, customer = :customer, gift = :gift, one = :one", order => new { total = order.Total, customer = order.Customer, gift = order.Gift, one = 1 },
            names: new Dictionary<string, string> { ["#total"] = "total" }, name: "Raise");
        Task(update, "Raise").Arguments.ShouldBe(JsonValue.Parse("""
            {
              "TableName": "Orders",
              "Key": { "id": { "S": "{% $states.input.id %}" } },
              "UpdateExpression": "SET #total = :total, customer = :customer, gift = :gift, one = :one",
              "ExpressionAttributeValues": {
                ":total": { "N": "{% $string($states.input.total) %}" },
                ":customer": "{% $type($states.input.customer) = 'string' ? {'S': $states.input.customer} : {'NULL': true} %}",
                ":gift": { "BOOL": "{% $states.input.gift %}" },
                ":one": { "N": "1" }
              },
              "ExpressionAttributeNames": { "#total": "total" },
              "ReturnValues": "ALL_NEW"
            }
            """));
        await Run(DynamoDb.Put<Order>("Orders", "Store"), Sample, table);
        var query = DynamoDb.Query<Order, Order>("Orders", "customer = :customer", order => new { customer = order.Customer }, index: "byCustomer", descending: true, limit: 5, name: "Find");
        var found = await Run(query, Sample, table);
        found.ShouldHaveSingleItem().Id.ShouldBe("o-1");
        (await Run(query, Sample with { Customer = "nobody" }, table)).ShouldBeEmpty();
        (await Run(DynamoDb.Delete<Order>("Orders", order => new { order.Id }, "Forget"), Sample, table)).Id.ShouldBe("o-1");
        table.Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Helpers_make_valid_documents_and_give_typed_answers()
    {
        (await Run(Sqs.Send<Order>("q", "Send"), Sample, Answers("""{ "MessageId": "m-1", "MD5OfMessageBody": "x" }"""))).MessageId.ShouldBe("m-1");
        (await Run(Sns.Publish<Order, string>("arn:aws:sns:us-east-1:1:t", order => $"Order {order.Id}", order => "News", name: "Tell"), Sample, Answers("""{ "MessageId": "m-2" }"""))).MessageId.ShouldBe("m-2");
        (await Run(EventBridge.Put<Order>("shop", "Placed", "bus", "Announce"), Sample, Answers("""{ "FailedEntryCount": 0, "Entries": [] }"""))).Id.ShouldBe("o-1");
        (await Run(S3.Get<Order, Line>(_ => "b", order => order.Id, "Load"), Sample, Answers("""{ "Body": "{\"sku\":\"ink\",\"quantity\":3}" }"""))).ShouldBe(new Line("ink", 3));
        (await Run(S3.Get<Order, string>(_ => "b", order => order.Id, "Text"), Sample, Answers("""{ "Body": "plain" }"""))).ShouldBe("plain");
        (await Run(S3.Put<Order, Line[]>(_ => "b", order => order.Id + ".json", order => order.Lines!, "application/json", "Save"), Sample, Answers("{}"))).Id.ShouldBe("o-1");
        (await Run(DeployedFunction.Invoke<Order, string>("pricing", "Price"), Sample, Answers("\"cheap\"", payload: true))).ShouldBe("cheap");
        (await Run(Bedrock.InvokeModel<Order, object, Line>("some.model", order => new { prompt = order.Id }, "Think"), Sample, Answers("""{ "Body": { "sku": "s", "quantity": 1 }, "ContentType": "application/json" }"""))).Sku.ShouldBe("s");
        (await Run(
            HttpEndpoint.Call<Order, Line>("POST", order => $"https://api.example.com/orders/{order.Id}", "arn:aws:events:us-east-1:1:connection/c/1", order => new { RequestBody = order }, "Post"),
            Sample, Answers("""{ "ResponseBody": { "sku": "h", "quantity": 1 }, "StatusCode": 200 }"""))).Sku.ShouldBe("h");
        (await Run(Jobs.RunEcsTask<Order>("main", "pack:3", order => new { LaunchType = "FARGATE", Overrides = new { ContainerOverrides = new[] { new { Name = "app", Command = new[] { order.Id } } } } }, "Pack"), Sample,
            Answers("""{ "TaskArn": "arn:t", "LastStatus": "STOPPED", "Containers": [{ "Name": "app", "ExitCode": 0 }] }"""))).Containers!.ShouldHaveSingleItem().ExitCode.ShouldBe(0);
        (await Run(Jobs.RunBatchJob<Order>("pack", "queue", "pack:1", order => new { Parameters = new { order = order.Id } }, "Batch"), Sample, Answers("""{ "JobId": "j", "JobName": "pack", "Status": "SUCCEEDED" }"""))).JobId.ShouldBe("j");
        (await Run(Jobs.RunGlueJob<Order>("clean", order => new Dictionary<string, string> { { "--id", order.Id } }, name: "Clean"), Sample, Answers("""{ "Id": "jr", "JobName": "clean", "JobRunState": "SUCCEEDED" }"""))).Id.ShouldBe("jr");
        (await Run(Jobs.RunAthenaQuery<Order>(_ => "SELECT 1", "primary", order => new { ExecutionParameters = new[] { order.Id } }, "Ask"), Sample,
            Answers("""{ "QueryExecution": { "QueryExecutionId": "q", "ResultConfiguration": { "OutputLocation": "s3://r/q.csv" } } }"""))).ResultConfiguration!.OutputLocation.ShouldBe("s3://r/q.csv");
    }

    [Fact]
    public void Job_arguments_are_named_as_written()
    {
        var task = Task(Jobs.RunEcsTask<Order>("main", "pack:3", order => new { LaunchType = "FARGATE", Overrides = new { ContainerOverrides = new[] { new { Name = "app", Command = new[] { order.Id } } } } }, "Pack"), "Pack");
        task.Resource.ShouldBe("arn:aws:states:::ecs:runTask.sync");
        task.Arguments.ShouldBe(JsonValue.Parse("""
            {
              "Cluster": "main", "TaskDefinition": "pack:3", "LaunchType": "FARGATE",
              "Overrides": { "ContainerOverrides": [{ "Name": "app", "Command": ["{% $states.input.id %}"] }] }
            }
            """));
        Should.Throw<ArgumentException>(() => Jobs.RunEcsTask<Order>("main", "pack:3", order => order)).Message.ShouldContain("anonymous object");
    }

    [Fact]
    public async Task A_call_that_nothing_handles_says_what_to_set()
    {
        var workflow = TestWorkflow.Of(Notify);
        var problem = await Should.ThrowAsync<WorkflowFailedException>(() => workflow.RunAsync(Sample));
        problem.Message.ShouldContain("arn:aws:states:::sqs:sendMessage");
        problem.Message.ShouldContain("OrkestraOptions.ServiceInvoker");
        (await workflow.RunAsync(Sample, new OrkestraOptions { ServiceInvoker = Answers("""{ "MessageId": "m" }""") })).MessageId.ShouldBe("m");
    }

    [Fact]
    public async Task An_invoker_among_the_services_comes_before_the_one_of_the_options()
    {
        var services = new ServiceCollection().AddSingleton<ITaskInvoker>(Answers("""{ "MessageId": "service" }""")).BuildServiceProvider();
        var options = new OrkestraOptions { Services = services, ServiceInvoker = Answers("""{ "MessageId": "option" }""") };
        (await TestWorkflow.Of(Notify).RunAsync(Sample, options)).MessageId.ShouldBe("service");
    }

    [Fact]
    public void A_payload_that_the_next_step_does_not_read_is_refused()
    {
        Step<Order, int> total = new(order => 1, "Total");
        Should.Throw<WorkflowException>(() => TestWorkflow.Of(Notify.As<Order>() >> total).Compile()).Message.ShouldContain("Step 'Total' reads Order");
        TestWorkflow.Of(Notify.PassInput() >> total).Compile().ShouldNotBeNull();
    }

    static async Task<TOut> Run<TIn, TOut>(Flow<TIn, TOut> flow, TIn input, ITaskInvoker services)
    {
        var workflow = TestWorkflow.Of(flow);
        var document = workflow.Compile().Document;
        StateMachineValidator.Validate(document).Diagnostics.ShouldBeEmpty();
        AslReader.Parse(AslWriter.Write(document)).ShouldBe(document);
        return await workflow.RunAsync(input, new OrkestraOptions { ServiceInvoker = services });
    }

    static Answering Answers(string json, bool payload = false) => new(JsonValue.Parse(json), payload);

    static TaskState Task<TIn, TOut>(Flow<TIn, TOut> flow, string? name = null)
    {
        var document = TestWorkflow.Of(flow).Compile().Document;
        return (TaskState)(name is null ? document.States.Values.First() : document.States[name]);
    }

    static string Refusal<TIn, TOut>(Flow<TIn, TOut> flow) => Should.Throw<WorkflowException>(() => TestWorkflow.Of(flow).Compile()).Message;

    sealed class Answering(JsonValue answer, bool payload) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(payload ? TaskOutcome.Payload(answer) : TaskOutcome.Result(answer));
    }

    /// <summary>Keeps items by the attribute <c>id</c>.</summary>
    sealed class FakeTable : ITaskInvoker
    {
        public Dictionary<string, JsonObject> Items { get; } = new(StringComparer.Ordinal);

        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            var input = invocation.Input;
            switch (invocation.Resource.Operation)
            {
                case "putItem":
                    Items[Text(input["Item"]!["id"]!["S"])] = (JsonObject)input["Item"]!;
                    break;
                case "getItem":
                    return new(TaskOutcome.Result(Items.TryGetValue(Text(input["Key"]!["id"]!["S"]), out var item) ? JsonObject.Create(("Item", item)) : JsonObject.Empty));
                case "deleteItem":
                    Items.Remove(Text(input["Key"]!["id"]!["S"]));
                    break;
                case "query":
                    var customer = input["ExpressionAttributeValues"]![":customer"];
                    return new(TaskOutcome.Result(JsonObject.Create(("Items", JsonArray.Create(Items.Values.Where(item => item["customer"] == customer))))));
            }

            return new(TaskOutcome.Result(JsonObject.Empty));
        }

        static string Text(JsonValue? value) => ((JsonString)value!).Value;
    }
}
