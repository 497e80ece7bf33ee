using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Authoring;
using Orkestra.Authoring.Datasets;
using Orkestra.Authoring.Services;
using Shouldly;
using Aws = Orkestra.Authoring.Services.Aws;

namespace Orkestra.Cdk.Tests.Permissions;

/// <summary>What a state machine may do for the services that its states call, as the template has it.</summary>
public sealed class ServicePermissionTests : CdkTest
{
    const string Rule = "events:PutTargets events:PutRule events:DescribeRule on arn:P:events:R:A:rule/";

    sealed record Order(string Id, string Table, string[] Lines);

    sealed class Calling(Flow<Order, JsonElement> flow) : Workflow<Order, JsonElement>
    {
        public override string Name => "Calling";

        public override Flow<Order, JsonElement> Define() => flow;
    }

    [Fact]
    public void Data_services()
    {
        Allowed(DynamoDb.Put<Order>("Orders", "Store")).ShouldBe(["dynamodb:PutItem on arn:P:dynamodb:R:A:table/Orders"]);
        Allowed(DynamoDb.Get<Order, Order>("Orders", order => new { order.Id }, name: "Read")).ShouldBe(["dynamodb:GetItem on arn:P:dynamodb:R:A:table/Orders"]);
        Allowed(DynamoDb.Update<Order, Order>("arn:aws:dynamodb:eu-west-1:1:table/T", order => new { order.Id }, "REMOVE a", name: "U")).ShouldBe(["dynamodb:UpdateItem on arn:aws:dynamodb:eu-west-1:1:table/T"]);
        Allowed(DynamoDb.Delete<Order>("Orders", order => new { order.Id }, "D")).ShouldBe(["dynamodb:DeleteItem on arn:P:dynamodb:R:A:table/Orders"]);
        Allowed(DynamoDb.Query<Order, Order>("Orders", "id = :id", order => new { id = order.Id }, index: "byId", name: "Q"))
            .ShouldBe(["dynamodb:Query on arn:P:dynamodb:R:A:table/Orders arn:P:dynamodb:R:A:table/Orders/index/byId"]);
        Allowed(Aws.Step<Order, JsonElement>("dynamodb:putItem", order => new { TableName = order.Table, Item = DynamoDb.ToItem(order) })).ShouldBe(["dynamodb:PutItem on arn:P:dynamodb:R:A:table/*"]);
        Allowed(S3.Get<Order, Order>(_ => "uploads", order => order.Id, "Load")).ShouldBe(["s3:GetObject on arn:P:s3:::uploads/*"]);
        Allowed(S3.Put<Order, Order>(_ => "reports", _ => "last.json", order => order, name: "Save")).ShouldBe(["s3:PutObject on arn:P:s3:::reports/last.json"]);
        Allowed(Aws.Step<Order, JsonElement>("aws-sdk:s3:listObjectsV2", _ => new { Bucket = "reports" })).ShouldBe(["s3:ListBucket on arn:P:s3:::reports"]);
    }

    [Fact]
    public void Messages()
    {
        Allowed(Sqs.Send<Order>("https://sqs.eu-west-1.amazonaws.com/123456789012/orders", "Send")).ShouldBe(["sqs:SendMessage on arn:P:sqs:eu-west-1:123456789012:orders"]);
        Allowed(Aws.Callback<Order, JsonElement>("sqs:sendMessage", (order, token) => new { QueueUrl = order.Id, MessageBody = token }, "Ask")).ShouldBe(["sqs:SendMessage on arn:P:sqs:R:A:*"]);
        Allowed(Sns.Publish<Order>("arn:aws:sns:eu-west-1:1:news", "Tell")).ShouldBe(["sns:Publish on arn:aws:sns:eu-west-1:1:news"]);
        Allowed(Aws.Step<Order, JsonElement>("sns:publish", order => new { PhoneNumber = order.Id, Message = "x" })).ShouldBe(["sns:Publish on *"]);
        Allowed(EventBridge.Put<Order>("shop", "Placed", name: "Announce")).ShouldBe(["events:PutEvents on arn:P:events:R:A:event-bus/default"]);
        Allowed(EventBridge.Put<Order>("shop", "Placed", "shop-bus", "Announce")).ShouldBe(["events:PutEvents on arn:P:events:R:A:event-bus/shop-bus"]);
    }

    [Fact]
    public void Functions_models_and_endpoints()
    {
        Allowed(DeployedFunction.Invoke<Order, JsonElement>("pricing", "Price")).ShouldBe(["lambda:InvokeFunction on arn:P:lambda:R:A:function:pricing"]);
        Allowed(DeployedFunction.Invoke<Order, JsonElement>("arn:aws:lambda:eu-west-1:1:function:p:live", "Price")).ShouldBe(["lambda:InvokeFunction on arn:aws:lambda:eu-west-1:1:function:p:live"]);
        Allowed(Bedrock.InvokeModel<Order, Order, JsonElement>("vendor.model-v1", order => order, "Think")).ShouldBe(["bedrock:InvokeModel on arn:P:bedrock:R::foundation-model/vendor.model-v1"]);
        Allowed(HttpEndpoint.Call<Order, JsonElement>("POST", _ => "https://api.example.com/orders", "arn:aws:events:eu-west-1:1:connection/shop/2", name: "Post")).ShouldBe([
            """states:InvokeHTTPEndpoint on arn:P:states:R:A:stateMachine:* if {"StringEquals":{"states:HTTPMethod":"POST"},"StringLike":{"states:HTTPEndpoint":"https://api.example.com/orders"}}""",
            "events:RetrieveConnectionCredentials on arn:aws:events:eu-west-1:1:connection/shop/2",
            "secretsmanager:GetSecretValue secretsmanager:DescribeSecret on arn:P:secretsmanager:R:A:secret:events!connection/*"]);
        Allowed(Aws.Step<Order, JsonElement>("apigateway:invoke", _ => new { ApiEndpoint = "abc.execute-api.eu-west-1.amazonaws.com", Method = "GET", Stage = "prod", Path = "/orders" }))
            .ShouldBe(["execute-api:Invoke on arn:P:execute-api:R:A:abc/prod/GET/orders"]);
    }

    [Fact]
    public void Jobs_that_are_waited_for()
    {
        Allowed(Jobs.RunEcsTask<Order>("main", "pack:3", _ => new { Overrides = new { TaskRoleArn = "arn:aws:iam::1:role/pack" } }, "Pack")).ShouldBe([
            "ecs:RunTask on arn:P:ecs:R:A:task-definition/pack:3", "iam:PassRole on arn:aws:iam::1:role/pack", "ecs:StopTask ecs:DescribeTasks on *", Rule + "StepFunctionsGetEventsForECSTaskRule"]);
        Allowed(Aws.Step<Order, JsonElement>("ecs:runTask", _ => new { Cluster = "main", TaskDefinition = "pack" })).ShouldBe(["ecs:RunTask on arn:P:ecs:R:A:task-definition/pack:*"]);
        Allowed(Jobs.RunBatchJob<Order>("pack", "queue", "pack:1", name: "Pack")).ShouldBe([
            "batch:SubmitJob on arn:P:batch:R:A:job-definition/pack:1 arn:P:batch:R:A:job-queue/queue", "batch:DescribeJobs batch:TerminateJob on *", Rule + "StepFunctionsGetEventsForBatchJobsRule"]);
        Allowed(Jobs.RunGlueJob<Order>("clean", name: "Clean")).ShouldBe(["glue:StartJobRun on arn:P:glue:R:A:job/clean", "glue:GetJobRun glue:GetJobRuns glue:BatchStopJobRun on arn:P:glue:R:A:job/clean"]);
        var query = Allowed(Jobs.RunAthenaQuery<Order>(_ => "SELECT 1", name: "Ask"));
        query.ShouldContain("athena:StartQueryExecution on arn:P:athena:R:A:workgroup/primary");
        query.ShouldContain("athena:StopQueryExecution athena:GetQueryExecution on arn:P:athena:R:A:workgroup/primary");
        Allowed(Aws.Step<Order, JsonElement>("states:startExecution.sync:2", order => new { StateMachineArn = "arn:aws:states:eu-west-1:1:stateMachine:Child", Input = order })).ShouldBe([
            "states:StartExecution on arn:aws:states:eu-west-1:1:stateMachine:Child",
            "states:DescribeExecution states:StopExecution on arn:aws:states:eu-west-1:1:execution:Child:*",
            Rule + "StepFunctionsGetEventsForStepFunctionsExecutionRule"]);
        Allowed(Aws.Step<Order, JsonElement>("codebuild:startBuild.sync", _ => new { ProjectName = "site" })).ShouldBe([
            "codebuild:StartBuild on arn:P:codebuild:R:A:project/site",
            "codebuild:StopBuild codebuild:BatchGetBuilds codebuild:BatchGetReports on arn:P:codebuild:R:A:project/site arn:P:codebuild:R:A:report-group/*",
            Rule + "StepFunctionsGetEventForCodeBuildStartBuildRule"]);
    }

    [Fact]
    public void Every_job_of_the_catalog_is_known()
    {
        foreach (var service in Asl.Integrations.IntegrationCatalog.All)
        {
            foreach (var (action, facts) in service.Actions)
            {
                if ((facts.Patterns & (Asl.Integrations.IntegrationPatterns.Sync | Asl.Integrations.IntegrationPatterns.Sync2)) == 0) continue;
                var call = Deployment.Permissions.ServiceCall.Of($"arn:aws:states:::{service.Name}:{action}.sync", new Deployment.Permissions.ArgumentText(null, new Dictionary<string, string>()))!;
                Should.NotThrow(() => new Deployment.Permissions.ServiceGrants(new Deployment.Permissions.ResourceArns(new Cdk.Permissions.StackArns(Stack))).Of(call).ToList(), $"{service.Name}:{action}");
            }
        }
    }

    [Fact]
    public void Other_actions_have_their_names_in_IAM()
    {
        Allowed(Aws.Step<Order, JsonElement>("aws-sdk:sfn:listStateMachines", _ => new { })).ShouldBe(["states:ListStateMachines on *"]);
        Allowed(Aws.Step<Order, JsonElement>("aws-sdk:sesv2:sendEmail", _ => new { Content = "x" })).ShouldBe(["ses:SendEmail on *"]);
        Allowed(Aws.Step<Order, JsonElement>("aws-sdk:secretsmanager:getSecretValue", _ => new { SecretId = "key" })).ShouldBe(["secretsmanager:GetSecretValue on arn:P:secretsmanager:R:A:secret:key-??????"]);
    }

    [Fact]
    public void A_role_to_assume_is_all_that_is_allowed() =>
        Allowed(Sqs.Send<Order>("https://sqs.eu-west-1.amazonaws.com/123456789012/orders", "Send").AssumeRole("arn:aws:iam::1:role/sender")).ShouldBe(["sts:AssumeRole on arn:aws:iam::1:role/sender"]);

    [Fact]
    public void Resources_of_the_stack_are_named_by_placeholders()
    {
        var stack = new Stack(App, "Shop");
        var table = new Table(stack, "Orders", new TableProps { PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "id", Type = AttributeType.STRING } });
        var queue = new Queue(stack, "Queue");
        var topic = new Topic(stack, "Topic");
        var flow = DynamoDb.Put<Order>("${OrdersTable}", "Store") >> Sqs.Send<Order>("${OrdersQueue}", "Send").PassInput() >> Sns.Publish<Order>("${OrdersTopic}", "Tell");
        new Calling(flow.As<JsonElement>()).StateMachine(stack, new()
        {
            Substitutions = new Dictionary<string, string> { ["OrdersTable"] = table.TableName, ["OrdersQueue"] = queue.QueueUrl, ["OrdersTopic"] = topic.TopicArn },
        });
        var template = new SynthesisedTemplate(File.ReadAllText(App.Synth().GetStackByName("Shop").TemplateFullPath));
        template.Only("AWS::StepFunctions::StateMachine")["DefinitionSubstitutions"].ToText().ShouldContain("\"OrdersTable\":{\"Ref\":\"Orders");
        var lines = Lines(template);
        lines.ShouldContain(line => line.StartsWith("dynamodb:PutItem on arn:P:dynamodb:R:A:table/Orders", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("sqs:SendMessage on Queue", StringComparison.Ordinal) && line.EndsWith(".Arn", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("sns:Publish on Topic", StringComparison.Ordinal));
    }

    [Fact]
    public void A_placeholder_that_nothing_fills_in_is_refused() =>
        Should.Throw<SynthesisException>(() => new Calling(DynamoDb.Put<Order>("${OrdersTable}", "Store").As<JsonElement>()).StateMachine(Stack)).Message
            .ShouldBe("Calling refers to ${OrdersTable}, and nothing says what that is: set Substitutions = new Dictionary<string, string> { [\"OrdersTable\"] = … }.");

    [Fact]
    public void Permissions_of_a_state_can_be_given_by_hand()
    {
        var given = new PolicyStatement(new PolicyStatementProps { Actions = ["dynamodb:PutItem"], Resources = ["arn:aws:dynamodb:eu-west-1:1:table/shop-*"] });
        Allowed(
            Aws.Step<Order, JsonElement>("dynamodb:putItem", order => new { TableName = order.Table, Item = DynamoDb.ToItem(order) }, "Store"), state => state == "Store" ? [given] : null)
            .ShouldBe(["dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:1:table/shop-*"]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(null, "null")]
    public void A_placeholder_without_a_value_is_refused(string? value, string said) =>
        Should.Throw<SynthesisException>(() => new Calling(DynamoDb.Put<Order>("${OrdersTable}", "Store").As<JsonElement>()).StateMachine(Stack, new() { Substitutions = new Dictionary<string, string> { ["OrdersTable"] = value! } })).Message
            .ShouldBe($"Calling refers to ${{OrdersTable}}, but Substitutions[\"OrdersTable\"] is {said}: give it the value that takes its place.");

    [Fact]
    public void A_queue_is_known_by_its_URL()
    {
        var queue = new Queue(Stack, "Orders");
        Should.Throw<SynthesisException>(() => new Calling(Sqs.Send<Order>("${Orders}", "Send").As<JsonElement>()).StateMachine(Stack, new() { Substitutions = new Dictionary<string, string> { ["Orders"] = queue.QueueArn } })).Message
            .ShouldMatch("^A state sends a message to the Arn of the queue Orders.*, but SQS takes a queue's URL: use QueueUrl of the queue in Substitutions.$");
    }

    [Fact]
    public void Raw_states_are_allowed_what_they_call()
    {
        Allowed(RawStates.AsFlow<Order, JsonElement>("""{ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": { "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/q", "MessageBody.$": "$" }, "Next": "Elsewhere" }""", "Send"))
            .ShouldBe(["sqs:SendMessage on arn:P:sqs:eu-west-1:1:q"]);
        Allowed(RawStates.AsFlow<Order, JsonElement>(
            """
            { "StartAt": "A", "QueryLanguage": "JSONata", "States": {
                "A": { "Type": "Pass", "Next": "B" },
                "B": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": { "TopicArn": "arn:aws:sns:eu-west-1:1:t", "Message": "{% $states.input.id %}" }, "End": true } } }
            """, "Two"))
            .ShouldBe(["sns:Publish on arn:aws:sns:eu-west-1:1:t"]);
    }

    [Fact]
    public void Calls_inside_of_a_map_and_in_a_chain_count_too()
    {
        var each = Flow.Input<Order>().Select(order => order.Lines) >> Aws.Step<string, JsonElement>("sns:publish", line => new { TopicArn = "arn:aws:sns:eu-west-1:1:t", Message = line }, "Tell").Map();
        Allowed(each.As<JsonElement>()).ShouldBe(["sns:Publish on arn:aws:sns:eu-west-1:1:t"]);
        var stack = new Stack(App, "Chained");
        _ = new StateMachine(stack, "Machine", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(each.Definition(stack)) });
        Lines(new SynthesisedTemplate(File.ReadAllText(App.Synth().GetStackByName("Chained").TemplateFullPath))).ShouldBe(["sns:Publish on arn:aws:sns:eu-west-1:1:t"]);
    }

    [Fact]
    public void A_dataset_is_read_and_results_are_written_with_nothing_more()
    {
        Step<string, string> each = new(text => text, "Each");
        var read = each.MapEach(S3Items.JsonLines<Order, string>(_ => "uploads", _ => "in.jsonl")).WriteTo(_ => "results", _ => "run");
        var lines = Allowed(read);
        lines.ShouldContain("s3:GetObject on arn:P:s3:::uploads/in.jsonl");
        lines.ShouldContain("s3:PutObject s3:GetObject s3:ListMultipartUploadParts s3:AbortMultipartUpload on arn:P:s3:::results/run/*");
        Step<ListedObject, string> listed = new(item => item.Key, "Listed");
        Allowed(listed.MapEach(S3Items.Objects<Order>(_ => "uploads", _ => "in/"))).ShouldContain("""s3:ListBucket on arn:P:s3:::uploads if {"StringLike":{"s3:prefix":"in/*"}}""");
    }

    [Fact]
    public void A_step_in_a_worker_is_an_activity_and_the_worker_may_do_its_work()
    {
        Step<Order, string> render = new(order => order.Id, "Render") { Host = StepHost.Worker };
        var app = new App(new AppProps { Outdir = TemporaryFolder($"out{made++}") });
        var stack = new Stack(app, "Test");
        var machine = new Calling(render.As<JsonElement>()).StateMachine(stack, new() { Logs = new Amazon.CDK.AWS.StepFunctions.LogOptions { Level = LogLevel.OFF } });
        machine.GrantWorker(new Role(stack, "WorkerRole", new RoleProps { AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com") }));
        _ = new CfnOutput(stack, "Activities", new CfnOutputProps { Value = machine.WorkerActivities });
        var template = new SynthesisedTemplate(File.ReadAllText(app.Synth().GetStackByName("Test").TemplateFullPath));
        template.All("AWS::Lambda::Function").ShouldBeEmpty();
        template.Only("AWS::StepFunctions::Activity")["Name"].ShouldBeText("Calling-Render");
        template.Only("AWS::StepFunctions::StateMachine")["DefinitionSubstitutions"]!["ActivityRegion"].ToText().ShouldBe("""{"Ref":"AWS::Region"}""");
        var lines = Lines(template);
        lines.ShouldContain(line => line.StartsWith("states:GetActivityTask on ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("states:SendTaskSuccess states:SendTaskFailure states:SendTaskHeartbeat on ", StringComparison.Ordinal));
        lines.Count.ShouldBe(2);
    }

    int made;

    // Statements as text: their actions, resources and conditions, with P, R and A for partition, region and account.
    List<string> Allowed<TOut>(Flow<Order, TOut> flow, Func<string, IReadOnlyList<PolicyStatement>?>? permissionsFor = null)
    {
        var app = new App(new AppProps { Outdir = TemporaryFolder($"out{made++}") });
        var stack = new Stack(app, "Test");
        stack.UseFunctions(new FunctionPackage(PublishedFolder) { CheckFunctions = false });
        new Calling(flow.As<JsonElement>()).StateMachine(stack, new() { Logs = new Amazon.CDK.AWS.StepFunctions.LogOptions { Level = LogLevel.OFF }, PermissionsFor = permissionsFor });
        return Lines(new SynthesisedTemplate(File.ReadAllText(app.Synth().GetStackByName("Test").TemplateFullPath)));
    }

    static List<string> Lines(SynthesisedTemplate template) =>
        [.. template.All("AWS::IAM::Policy").SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray()).Select(statement => Line(statement!)).Where(line => !line.Contains("logs:", StringComparison.Ordinal))];

    static string Line(JsonNode statement) =>
        $"{Texts(statement["Action"]!)} on {Texts(statement["Resource"]!)}" + (statement["Condition"] is { } condition ? $" if {SynthesisedTemplate.TextOf(condition)}" : "");

    static string Texts(JsonNode node) => node is JsonArray items ? string.Join(' ', items.Select(item => Text(item!))) : Text(node);

    static string Text(JsonNode node) => node switch
    {
        JsonValue value => value.ToString(),
        _ when node["Fn::Join"] is { } join => string.Concat(join[1]!.AsArray().Select(part => Text(part!))),
        _ when node["Fn::GetAtt"] is JsonArray attribute => string.Join('.', attribute.Select(part => part!.ToString())),
        _ => node["Ref"]?.ToString() switch
        {
            "AWS::Partition" => "P",
            "AWS::Region" => "R",
            "AWS::AccountId" => "A",
            { } other => other,
            null => SynthesisedTemplate.TextOf(node),
        },
    };
}
