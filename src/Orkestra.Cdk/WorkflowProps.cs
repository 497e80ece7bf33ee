using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;

namespace Orkestra.Cdk;

/// <summary>How a workflow is deployed as a state machine with a function for each step.</summary>
public class WorkflowProps : FlowProps
{
    /// <summary>The construct's id; the workflow's name by default.</summary>
    public string? Id { get; set; }

    /// <summary>The state machine's name; chosen by CloudFormation by default.</summary>
    public string? StateMachineName { get; set; }

    /// <summary>Standard by default. An Express state machine runs for at most five minutes and keeps no history but its logs.</summary>
    public StateMachineType StateMachineType { get; set; } = StateMachineType.STANDARD;

    /// <summary>
    /// The name of an alias on a published version of the state machine, which schedules start; none by default. Each deployment publishes a version and moves the
    /// alias to it.
    /// </summary>
    public string? Alias { get; set; }

    /// <summary>
    /// Where and what the state machine logs. By default errors, and everything of an Express one, to a log group of its own for a month. With level
    /// <see cref="LogLevel.OFF"/> there is no log group.
    /// </summary>
    public ILogOptions? Logs { get; set; }

    /// <summary>Whether X-Ray traces the state machine; by default as <see cref="FlowProps.Observability"/>.</summary>
    public bool? TracingEnabled { get; set; }

    /// <summary>The state machine's role; by default one of its own, which may call the functions of its steps and the services that its states call, and nothing else.</summary>
    public IRole? Role { get; set; }

    /// <summary>What happens to the state machine when it is removed from the stack; it is deleted by default.</summary>
    public RemovalPolicy? RemovalPolicy { get; set; }

    /// <summary>How the definition and the data of executions are encrypted; with a key of AWS by default.</summary>
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <summary>
    /// The state machine of a workflow that this one starts (<see cref="Orkestra.Authoring.Workflow{TIn, TOut}.AsStep"/>), for one that is deployed elsewhere; where it is null or gives null, the other workflow is deployed below this one, with the
    /// same functions, logs and tracing.
    /// </summary>
    public Func<Orkestra.Authoring.Workflow, IStateMachine?>? StateMachineFor { get; set; }

    /// <summary>Changes the props of the state machine before it is made, for what has no property here; nothing by default.</summary>
    public Action<StateMachineProps>? Configure { get; set; }
}
