using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using CfnRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;
using LogGroupProps = Amazon.CDK.AWS.Logs.LogGroupProps;

namespace Orkestra.Cdk.Benchmarks;

/// <summary>What HelloOrkestra.Cdk deploys, written with CDK alone and without a detour: the definition as text, the names as literals.</summary>
internal sealed class PlainStack : Stack
{
    static readonly string[] Steps = ["GenerateItem", "AddPrice", "CopyItem", "DoublePrice", "DoNothing", "AssertFalse", "SayHello", "RandomInt", "RandomFloat", "SayGoodbye"];

    public PlainStack(Construct scope, string id, string program, string definition)
        : base(scope, id)
    {
        var code = Code.FromAsset(program);
        var logs = new LogGroup(this, "Logs", new LogGroupProps { Retention = RetentionDays.ONE_MONTH });
        var machine = new StateMachine(this, "HelloOrkestra", new StateMachineProps
        {
            StateMachineType = StateMachineType.STANDARD,
            DefinitionBody = DefinitionBody.FromString(definition),
            Logs = new LogOptions { Destination = logs, Level = LogLevel.ERROR, IncludeExecutionData = false },
        });
        var names = new Dictionary<string, string>();
        foreach (var step in Steps)
        {
            var function = MakeFunction(machine, step, code);
            names.Add(step, function.CurrentVersion.FunctionArn);
            machine.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["lambda:InvokeFunction"], Resources = [$"{function.FunctionArn}:*"] }));
        }

        ((CfnStateMachine)machine.Node.DefaultChild!).DefinitionSubstitutions = names;
        MakeRule(machine);
    }

    static Function MakeFunction(Construct scope, string step, AssetCode code)
    {
        var logs = new LogGroup(scope, $"{step}Logs", new LogGroupProps { Retention = RetentionDays.ONE_MONTH });
        var role = new Role(scope, $"{step}Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Logs"] = new(new PolicyDocumentProps
                {
                    Statements = [new PolicyStatement(new PolicyStatementProps { Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = [logs.LogGroupArn] })],
                }),
            },
        });
        return new Function(scope, step, new FunctionProps
        {
            Runtime = new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
            Architecture = Architecture.ARM_64,
            Handler = "HelloOrkestra",
            Code = code,
            MemorySize = 512,
            Timeout = Duration.Seconds(60),
            Description = "A step of HelloOrkestra",
            LogGroup = logs,
            Role = role,
            Environment = new Dictionary<string, string> { ["ORKESTRA_STEP"] = $"HelloOrkestra.{step}" },
            CurrentVersionOptions = new VersionOptions { RemovalPolicy = Amazon.CDK.RemovalPolicy.RETAIN },
        });
    }

    void MakeRule(StateMachine machine)
    {
        var role = new Role(this, "RuleRole", new RoleProps
        {
            AssumedBy = new ServicePrincipal("events.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Start"] = new(new PolicyDocumentProps
                {
                    Statements = [new PolicyStatement(new PolicyStatementProps { Actions = ["states:StartExecution"], Resources = [machine.StateMachineArn] })],
                }),
            },
        });
        _ = new CfnRule(this, "Rule", new CfnRuleProps
        {
            ScheduleExpression = "rate(5 minutes)",
            State = "ENABLED",
            Targets = new object[] { new CfnRule.TargetProperty { Id = "StateMachine", Arn = machine.StateMachineArn, RoleArn = role.RoleArn } },
        });
    }
}
