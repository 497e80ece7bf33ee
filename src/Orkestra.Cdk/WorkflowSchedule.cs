using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Scheduler;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Cdk.Scheduling;
using CfnRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;
using Timestamps = Orkestra.Engine.Timestamps;

namespace Orkestra.Cdk;

/// <summary>
/// Starts a state machine on a schedule, by an EventBridge rule or by EventBridge Scheduler. The role it starts it with may start this state machine and nothing else.
/// </summary>
public class WorkflowSchedule : Construct
{
    /// <summary>A schedule of a state machine.</summary>
    /// <param name="scope">Where it belongs.</param>
    /// <param name="id">Its id there.</param>
    /// <param name="stateMachine">What it starts; of a workflow's with an alias, the alias.</param>
    /// <param name="props">When and how.</param>
    /// <exception cref="SynthesisException">The schedule is not valid.</exception>
    public WorkflowSchedule(Construct scope, string id, IStateMachine stateMachine, WorkflowScheduleProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stateMachine);
        ArgumentNullException.ThrowIfNull(props);
        var workflow = stateMachine as WorkflowStateMachine;
        var owner = workflow?.Definition.Workflow.Name ?? id;
        var plan = SchedulePlan.Of(props, owner);
        var input = ScheduleInput.Of(props.Input, workflow?.Definition, owner, plan.Service);
        UniqueNames.Take(this, plan.Service == ScheduleService.Rule ? "rules" : "schedules", props.ScheduleName, Node.Path, "set another ScheduleName for one of them, or leave it out");
        StateMachine = stateMachine;
        Expression = plan.Expression;
        Service = plan.Service;
        Role = MakeRole(plan.Service, stateMachine, props.DeadLetterQueue);
        var arn = workflow?.StartArn ?? stateMachine.StateMachineArn;
        if (plan.Service == ScheduleService.Rule)
            MakeRule(plan, props, arn, input);
        else
            MakeSchedule(plan, props, arn, input);
    }

    /// <summary>What it starts.</summary>
    public IStateMachine StateMachine { get; }

    /// <summary>The schedule as the service reads it: <c>rate(5 minutes)</c>.</summary>
    public string Expression { get; }

    /// <summary>Who starts it.</summary>
    public ScheduleService Service { get; }

    /// <summary>The role it is started with.</summary>
    public Role Role { get; }

    /// <summary>The rule, when <see cref="Service"/> is a rule.</summary>
    public CfnRule? Rule { get; private set; }

    /// <summary>The schedule, when <see cref="Service"/> is Scheduler.</summary>
    public CfnSchedule? Schedule { get; private set; }

    Role MakeRole(ScheduleService service, IStateMachine stateMachine, IQueue? deadLetters)
    {
        // A version or an alias is started with the permission on the state machine itself:
        // https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
        var statements = new List<PolicyStatement>
        {
            new(new PolicyStatementProps { Actions = ["states:StartExecution"], Resources = [stateMachine.StateMachineArn] }),
        };
        if (service == ScheduleService.Scheduler && deadLetters is not null)
            statements.Add(new(new PolicyStatementProps { Actions = ["sqs:SendMessage"], Resources = [deadLetters.QueueArn] }));
        var principal = new ServicePrincipal(service == ScheduleService.Rule ? "events.amazonaws.com" : "scheduler.amazonaws.com");
        return new Role(this, "Role", new RoleProps
        {
            // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
            AssumedBy = service == ScheduleService.Rule ? principal : principal.WithConditions(new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Aws.ACCOUNT_ID },
            }),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Start"] = new(new PolicyDocumentProps { Statements = [.. statements] }),
            },
        });
    }

    void MakeRule(SchedulePlan plan, WorkflowScheduleProps props, string arn, string? input)
    {
        var rule = new CfnRule(this, "Rule", new CfnRuleProps
        {
            Name = props.ScheduleName,
            Description = props.Description,
            ScheduleExpression = plan.Expression,
            State = props.Enabled ? "ENABLED" : "DISABLED",
            Targets = new object[]
            {
                new CfnRule.TargetProperty
                {
                    Id = "StateMachine",
                    Arn = arn,
                    RoleArn = Role.RoleArn,
                    Input = input,
                    DeadLetterConfig = props.DeadLetterQueue is { } queue ? new CfnRule.DeadLetterConfigProperty { Arn = queue.QueueArn } : null,
                    RetryPolicy = props.RetryAttempts is null && plan.MaxAgeSeconds is null ? null : new CfnRule.RetryPolicyProperty
                    {
                        MaximumRetryAttempts = props.RetryAttempts,
                        MaximumEventAgeInSeconds = plan.MaxAgeSeconds,
                    },
                },
            },
        });
        Rule = rule;
        props.DeadLetterQueue?.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Principals = [new ServicePrincipal("events.amazonaws.com")],
            Actions = ["sqs:SendMessage"],
            Resources = [props.DeadLetterQueue.QueueArn],
            Conditions = new Dictionary<string, object> { ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = rule.AttrArn } },
        }));
    }

    void MakeSchedule(SchedulePlan plan, WorkflowScheduleProps props, string arn, string? input) =>
        Schedule = new CfnSchedule(this, "Schedule", new CfnScheduleProps
        {
            Name = props.ScheduleName,
            Description = props.Description,
            ScheduleExpression = plan.Expression,
            ScheduleExpressionTimezone = plan.TimeZone,
            StartDate = Moment(props.Start),
            EndDate = Moment(props.End),
            State = props.Enabled ? "ENABLED" : "DISABLED",
            FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty
            {
                Mode = plan.WindowMinutes is null ? "OFF" : "FLEXIBLE",
                MaximumWindowInMinutes = plan.WindowMinutes,
            },
            Target = new CfnSchedule.TargetProperty
            {
                Arn = arn,
                RoleArn = Role.RoleArn,
                Input = input,
                DeadLetterConfig = props.DeadLetterQueue is { } queue ? new CfnSchedule.DeadLetterConfigProperty { Arn = queue.QueueArn } : null,
                RetryPolicy = props.RetryAttempts is null && plan.MaxAgeSeconds is null ? null : new CfnSchedule.RetryPolicyProperty
                {
                    MaximumRetryAttempts = props.RetryAttempts,
                    MaximumEventAgeInSeconds = plan.MaxAgeSeconds,
                },
            },
        });

    static string? Moment(DateTimeOffset? moment) => moment is { } time ? Timestamps.Format(time) : null;
}
