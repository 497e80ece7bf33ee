using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.SNS;
using Constructs;
using Orkestra.Cdk;

/// <summary>The order process with its table and its topic. The state machine may put items into this table and publish to this topic, and nothing else of either service.</summary>
public sealed class OrdersProcessStack : Stack
{
    public OrdersProcessStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props)
    {
        var table = new Table(this, "Orders", new TableProps
        {
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "id", Type = AttributeType.STRING },
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        var topic = new Topic(this, "Customers");
        Process = new OrderProcess().StateMachine(this, new()
        {
            Substitutions = new Dictionary<string, string> { ["OrdersTable"] = table.TableName, ["CustomerTopic"] = topic.TopicArn },
        });
    }

    public WorkflowStateMachine Process { get; }
}
