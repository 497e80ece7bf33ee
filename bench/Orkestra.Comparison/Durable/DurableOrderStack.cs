using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Orkestra.Comparison.Durable;

/// <summary>The durable function with its table and its topic. This version of CDK does not know <c>DurableConfig</c>, so that it is set in the template.</summary>
public sealed class DurableOrderStack : Stack
{
    public DurableOrderStack(Construct scope, string id, string program)
        : base(scope, id)
    {
        var table = new Table(this, "Orders", new TableProps
        {
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "id", Type = AttributeType.STRING },
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        var topic = new Topic(this, "Customers");
        var function = new Function(this, "OrderProcess", new FunctionProps
        {
            Runtime = new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
            Handler = "OrderProcess",
            Code = Code.FromAsset(program),
            MemorySize = 512,
            Timeout = Duration.Minutes(5),
            Environment = new Dictionary<string, string> { ["ORDERS_TABLE"] = table.TableName, ["CUSTOMER_TOPIC"] = topic.TopicArn },
        });
        ((CfnFunction)function.Node.DefaultChild!).AddPropertyOverride("DurableConfig", new Dictionary<string, object> { ["ExecutionTimeout"] = 31_536_000, ["RetentionPeriodInDays"] = 30 });
        function.Role!.AddManagedPolicy(ManagedPolicy.FromAwsManagedPolicyName("service-role/AWSLambdaBasicDurableExecutionRolePolicy"));
        table.Grant(function, "dynamodb:PutItem");
        topic.GrantPublish(function);
        _ = new Alias(this, "Live", new AliasProps { AliasName = "live", Version = function.CurrentVersion });
    }
}
