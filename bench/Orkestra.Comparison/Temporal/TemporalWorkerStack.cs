using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SNS;
using Constructs;
using Secret = Amazon.CDK.AWS.SecretsManager.Secret;

namespace Orkestra.Comparison.Temporal;

/// <summary>The workers with their table and their topic. The Temporal Service itself is somewhere else: in Temporal Cloud, or in servers of one's own that are not counted here.</summary>
public sealed class TemporalWorkerStack : Stack
{
    public TemporalWorkerStack(Construct scope, string id, string program)
        : base(scope, id)
    {
        var table = new Table(this, "Orders", new TableProps
        {
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = "id", Type = AttributeType.STRING },
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        var topic = new Topic(this, "Customers");
        var network = new Vpc(this, "Network", new VpcProps { MaxAzs = 2, NatGateways = 1 });
        var task = new FargateTaskDefinition(this, "Task", new FargateTaskDefinitionProps { Cpu = 512, MemoryLimitMiB = 1024 });
        task.AddContainer("Worker", new ContainerDefinitionOptions
        {
            Image = ContainerImage.FromAsset(program),
            Environment = new Dictionary<string, string>
            {
                ["TEMPORAL_ADDRESS"] = "eu-central-1.aws.api.temporal.io:7233",
                ["TEMPORAL_NAMESPACE"] = "orders.a1b2c",
                ["ORDERS_TABLE"] = table.TableName,
                ["CUSTOMER_TOPIC"] = topic.TopicArn,
            },
            Secrets = new Dictionary<string, Amazon.CDK.AWS.ECS.Secret>
            {
                ["TEMPORAL_API_KEY"] = Amazon.CDK.AWS.ECS.Secret.FromSecretsManager(Secret.FromSecretNameV2(this, "ApiKey", "temporal/api-key")),
            },
            Logging = LogDriver.AwsLogs(new AwsLogDriverProps { StreamPrefix = "orders", LogRetention = RetentionDays.ONE_MONTH }),
        });
        table.Grant(task.TaskRole, "dynamodb:PutItem");
        topic.GrantPublish(task.TaskRole);
        _ = new FargateService(this, "Workers", new FargateServiceProps
        {
            Cluster = new Cluster(this, "Cluster", new ClusterProps { Vpc = network }),
            TaskDefinition = task,
            DesiredCount = 2,
        });
    }
}
