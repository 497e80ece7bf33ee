using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Constructs;
using Timeout = Amazon.CDK.AWS.StepFunctions.Timeout;

namespace Orkestra.Comparison.Cdk;

/// <summary>The order process with the state classes of CDK, which in this version know JSONPath only: the payload is the order, and what else is known of it is added to it.</summary>
public sealed class OrderMachineStack : Stack
{
    readonly Code code;

    public OrderMachineStack(Construct scope, string id, string program)
        : base(scope, id)
    {
        code = Code.FromAsset(program);
        var table = new Table(this, "Orders", new TableProps
        {
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "id", Type = AttributeType.STRING },
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        var topic = new Topic(this, "Customers");
        _ = new StateMachine(this, "OrderProcess", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(Process(Shipping(), table, topic)) });
    }

    StateMachine Shipping()
    {
        var sendParcel = Invoke("SendParcel", "$.delivery", "$.parcels");
        var putAside = Invoke("PutAside", "$.delivery", "$.parcels");
        var track = Invoke("Track", "$.parcels", "$.parcels");
        var wait = new Wait(this, "WaitForCarrier", new WaitProps { Time = WaitTime.Duration(Duration.Hours(6)) });
        var arrived = new Succeed(this, "Arrived", new SucceedProps { OutputPath = "$.parcels" });

        var start = new Choice(this, "HowToDeliver")
            .When(Condition.StringEquals("$.delivery['$type']", "parcel"), sendParcel)
            .When(Condition.StringEquals("$.delivery['$type']", "pickup"), putAside);
        sendParcel.Next(track);
        putAside.Next(track);
        track.Next(new Choice(this, "HasArrived").When(Condition.BooleanEquals("$.parcels.isDelivered", true), arrived).Otherwise(wait));
        wait.Next(track);
        return new StateMachine(this, "Shipping", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(start), Timeout = Duration.Days(14) });
    }

    Chain Process(StateMachine shipping, Table table, Topic topic)
    {
        var prepare = Invoke("Prepare", "$", "$");
        var askManager = new LambdaInvoke(this, "AskManager", new LambdaInvokeProps
        {
            LambdaFunction = MakeFunction("AskManager"),
            IntegrationPattern = IntegrationPattern.WAIT_FOR_TASK_TOKEN,
            Payload = TaskInput.FromObject(new Dictionary<string, object> { ["order"] = JsonPath.EntirePayload, ["taskToken"] = JsonPath.TaskToken }),
            ResultPath = "$.decision",
            TaskTimeout = Timeout.Duration(Duration.Days(3)),
        });
        var reserve = Invoke("Reserve", "$", "$");
        var charge = new LambdaInvoke(this, "Charge", new LambdaInvokeProps
        {
            LambdaFunction = MakeFunction("Charge"),
            Payload = TaskInput.FromObject(new Dictionary<string, object> { ["order"] = JsonPath.EntirePayload, ["key"] = JsonPath.ExecutionId }),
            PayloadResponseOnly = true,
            RetryOnServiceExceptions = false,
        });
        charge.AddRetry(new RetryProps
        {
            Errors = ["BankUnreachableException"],
            MaxAttempts = 5,
            Interval = Duration.Seconds(2),
            MaxDelay = Duration.Minutes(1),
            JitterStrategy = JitterType.FULL,
        });
        var ship = new StepFunctionsStartExecution(this, "Ship", new StepFunctionsStartExecutionProps
        {
            StateMachine = shipping,
            IntegrationPattern = IntegrationPattern.RUN_JOB,
            Input = TaskInput.FromJsonPathAt("$"),
            ResultSelector = new Dictionary<string, object> { ["trackingId"] = JsonPath.StringAt("$.Output.trackingId") },
            ResultPath = "$.shipped",
        });
        var store = new DynamoPutItem(this, "Store", new DynamoPutItemProps
        {
            Table = table,
            Item = new Dictionary<string, DynamoAttributeValue>
            {
                ["id"] = DynamoAttributeValue.FromString(JsonPath.StringAt("$.id")),
                ["customer"] = DynamoAttributeValue.FromString(JsonPath.StringAt("$.customer")),
                ["total"] = DynamoAttributeValue.NumberFromString(JsonPath.Format("{}", JsonPath.StringAt("$.total"))),
                ["trackingId"] = DynamoAttributeValue.FromString(JsonPath.StringAt("$.shipped.trackingId")),
            },
            ResultPath = JsonPath.DISCARD,
        });
        var refund = Invoke("Refund", "$", JsonPath.DISCARD);
        var release = Invoke("Release", "$", JsonPath.DISCARD);
        var delivered = Outcome("Delivered", true, JsonPath.Format("Order {} was delivered, tracked as {}", JsonPath.StringAt("$.id"), JsonPath.StringAt("$.shipped.trackingId")));
        var refusedByManager = Outcome("RefusedByManager", false, JsonPath.Format("{} refused the order", JsonPath.StringAt("$.decision.by")));
        var nobodyAnswered = Outcome("NobodyAnswered", false, "Nobody answered in time");
        var readCause = new Pass(this, "ReadCause", new PassProps
        {
            // JsonPath.StringToJson gives a value that .NET cannot put into a dictionary.
            Parameters = new Dictionary<string, object> { ["cause.$"] = "States.StringToJson($.error.Cause)" },
            ResultPath = "$.problem",
        });
        var refused = Outcome("Refused", false, JsonPath.StringAt("$.problem.cause.errorMessage"));
        var auditFunction = MakeFunction("Audit");
        var audit = Invoke("Audit", "$", JsonPath.DISCARD, auditFunction);
        var auditFailure = Invoke("AuditFailure", "$", JsonPath.DISCARD, auditFunction);
        var notify = new SnsPublish(this, "Notify", new SnsPublishProps
        {
            Topic = topic,
            Message = TaskInput.FromJsonPathAt("$.outcome.message"),
            ResultPath = JsonPath.DISCARD,
            OutputPath = "$.outcome",
        });
        var failed = new Fail(this, "Failed", new FailProps { ErrorPath = JsonPath.StringAt("$.error.Error"), CausePath = JsonPath.StringAt("$.error.Cause") });

        var whatFailed = new Choice(this, "WhatFailed")
            .When(Condition.StringEquals("$.error.Error", "OrderRefusedException"), readCause)
            .When(Condition.StringEquals("$.error.Error", "CardDeclinedException"), readCause)
            .When(Condition.StringEquals("$.error.Error", "States.Timeout"), nobodyAnswered)
            .Otherwise(auditFailure);
        var all = new CatchProps { Errors = ["States.ALL"], ResultPath = "$.error" };
        prepare.AddCatch(whatFailed, all);
        askManager.AddCatch(whatFailed, all);
        reserve.AddCatch(whatFailed, all);
        charge.AddCatch(release, all);
        ship.AddCatch(refund, all);
        store.AddCatch(refund, all);

        prepare.Next(new Choice(this, "IsLarge").When(Condition.NumberGreaterThan("$.total", 1000), askManager).Otherwise(reserve));
        askManager.Next(new Choice(this, "IsApproved").When(Condition.BooleanEquals("$.decision.isApproved", true), reserve).Otherwise(refusedByManager));
        reserve.Next(charge).Next(ship).Next(store).Next(delivered).Next(audit).Next(notify);
        refund.Next(release).Next(whatFailed);
        readCause.Next(refused).Next(audit);
        refusedByManager.Next(audit);
        nobodyAnswered.Next(audit);
        auditFailure.Next(failed);
        return Chain.Start(prepare);
    }

    LambdaInvoke Invoke(string name, string inputPath, string resultPath, Function? function = null) => new(this, name, new LambdaInvokeProps
    {
        LambdaFunction = function ?? MakeFunction(name),
        InputPath = inputPath,
        PayloadResponseOnly = true,
        ResultPath = resultPath,
        RetryOnServiceExceptions = false,
    });

    Pass Outcome(string name, bool isDelivered, string message) => new(this, name, new PassProps
    {
        Parameters = new Dictionary<string, object> { ["orderId"] = JsonPath.StringAt("$.id"), ["isDelivered"] = isDelivered, ["message"] = message },
        ResultPath = "$.outcome",
    });

    Function MakeFunction(string name) => new(this, $"{name}Function", new FunctionProps
    {
        Runtime = new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
        Handler = $"Orders::OrderFunctions::{name}",
        Code = code,
        MemorySize = 512,
        Timeout = Duration.Seconds(60),
    });
}
