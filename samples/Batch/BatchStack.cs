using Amazon.CDK;
using Amazon.CDK.AWS.Batch;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Constructs;
using Orkestra.Cdk;

/// <summary>A job of AWS Batch between two steps.</summary>
public sealed class BatchStack : Stack
{
    public BatchStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props)
    {
        var network = new Vpc(this, "Network", new VpcProps
        {
            NatGateways = 0,
            SubnetConfiguration = [new SubnetConfiguration { Name = "Public", SubnetType = SubnetType.PUBLIC }],
            RestrictDefaultSecurityGroup = false,
        });
        var queue = new JobQueue(this, "Queue", new JobQueueProps
        {
            ComputeEnvironments =
            [
                new OrderedComputeEnvironment
                {
                    Order = 1,
                    ComputeEnvironment = new FargateComputeEnvironment(this, "Machines", new FargateComputeEnvironmentProps
                    {
                        Vpc = network,
                        VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PUBLIC },
                    }),
                },
            ],
        });
        var definition = new EcsJobDefinition(this, "Render", new EcsJobDefinitionProps
        {
            Container = new EcsFargateContainerDefinition(this, "Container", new EcsFargateContainerDefinitionProps
            {
                Image = ContainerImage.FromRegistry("public.ecr.aws/docker/library/busybox:stable"),
                Command = ["sh", "-c", "echo rendering $MONTH"],
                Cpu = 0.25,
                Memory = Size.Mebibytes(512),
                AssignPublicIp = true,
            }),
        });
        var submit = new BatchSubmitJob(this, "SubmitRender", new BatchSubmitJobProps
        {
            JobName = "render",
            JobDefinitionArn = definition.JobDefinitionArn,
            JobQueueArn = queue.JobQueueArn,
            ContainerOverrides = new BatchContainerOverrides { Environment = new Dictionary<string, string> { ["MONTH"] = JsonPath.StringAt("$.month") } },
        });

        // CDK would let the state machine submit jobs of any definition.
        PolicyStatement[] permissions =
        [
            new(new PolicyStatementProps { Actions = ["batch:SubmitJob"], Resources = [definition.JobDefinitionArn, queue.JobQueueArn] }),
            new(new PolicyStatementProps
            {
                Actions = ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
                Resources = [FormatArn(new ArnComponents { Service = "events", Resource = "rule", ResourceName = "StepFunctionsGetEventsForBatchJobsRule" })],
            }),
        ];
        new RenderReport(submit, permissions).StateMachine(this);
    }
}
