using System.Collections.ObjectModel;
using Orkestra.Asl;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Functions;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>A compiled workflow: the document and the steps that it calls. Instances are immutable and thread-safe.</summary>
public sealed class WorkflowDefinition
{
    /// <summary>The name of the substitution, <c>${ActivityRegion}</c>, that a deployment fills in with the region of the activities of steps that run in workers.</summary>
    public const string ActivityRegion = "ActivityRegion";

    /// <summary>The name of the substitution, <c>${ActivityAccount}</c>, that a deployment fills in with the account of the activities of steps that run in workers.</summary>
    public const string ActivityAccount = "ActivityAccount";

    /// <summary>The member <c>Payload</c> of the input of an activity task: the input of the step that runs in a worker.</summary>
    public const string ActivityPayload = "Payload";

    /// <summary>The member <c>Context</c> of the input of an activity task: what a step with a <see cref="StepContext"/> is told about its call. Absent for other steps.</summary>
    public const string ActivityContext = "Context";

    readonly Dictionary<string, IStep> stepsByFunction;
    readonly Dictionary<string, IStep> stepsByState;
    IReadOnlySet<string>? inputReads;

    internal WorkflowDefinition(
        Workflow workflow, StateMachine document, PayloadSerializer serializer, Dictionary<string, IStep> stepsByFunction, Dictionary<string, IStep> stepsByState)
    {
        Workflow = workflow;
        Document = document;
        Serializer = serializer;
        this.stepsByFunction = stepsByFunction;
        this.stepsByState = stepsByState;
    }

    /// <summary>The workflow.</summary>
    public Workflow Workflow { get; }

    /// <summary>The Amazon States Language document. Task states name their function by a substitution, <c>${AddPrice}</c>, which a deployment fills in.</summary>
    public StateMachine Document { get; }

    /// <summary>How payloads are read and written.</summary>
    public PayloadSerializer Serializer { get; }

    /// <summary>The steps by the name of their function, which is the name of the substitution. A step used in several states is here once.</summary>
    public IReadOnlyDictionary<string, IStep> Steps => stepsByFunction;

    /// <summary>The steps by the name of the state that calls them.</summary>
    public IReadOnlyDictionary<string, IStep> StepsByState => stepsByState;

    /// <summary>The types of the replies that states wait for (<see cref="Flow{TIn, TOut}.WaitForCallback{TReply}"/>, and service calls that pass on the task token), by the name of the state.</summary>
    public IReadOnlyDictionary<string, Type> RepliesByState { get; internal init; } = ReadOnlyDictionary<string, Type>.Empty;

    /// <summary>
    /// The workflows that this one starts (<see cref="Workflow{TIn, TOut}.AsStep"/>), by the names that stand for their ARNs in the document, <c>${Billing}</c>. This workflow itself isn't among them: a definition finds its own ARN in the
    /// context object.
    /// </summary>
    public IReadOnlyDictionary<string, Workflow> Workflows { get; internal init; } = new Dictionary<string, Workflow>();

    /// <summary>Whether the workflow starts executions of itself.</summary>
    public bool StartsItself { get; internal init; }

    /// <summary>The sources of the states that were not authored (<see cref="Flow.OfStates"/>), each once.</summary>
    public IReadOnlyList<object> Sources { get; internal init; } = [];

    /// <summary>The same by the names of the states; a state with others inside it counts for them.</summary>
    public IReadOnlyDictionary<string, object> SourcesByState { get; internal init; } = ReadOnlyDictionary<string, object>.Empty;

    /// <summary>A text that is the same for workflows whose steps name their exceptions in the same way. A function that is published for one of them serves the others, too.</summary>
    public string ErrorRules => Exceptions.ToString();

    /// <summary>How the steps name their exceptions.</summary>
    internal ExceptionNames Exceptions { get; init; } = ExceptionNames.None;

    /// <summary>The members that expressions read of the input before a step does.</summary>
    internal IReadOnlySet<string> InputReads => LazyInitializer.EnsureInitialized(ref inputReads, () => RawReads.OfInput(Document));

    /// <summary>
    /// Checks a reply before it completes the task of a state, as <see cref="Authoring.Workflow.CheckInput"/> checks an input: it must fit the type in <see cref="RepliesByState"/>, and have its members and no others, unless the workflow's
    /// readers are tolerant. Does nothing for a state that waits for no reply of a known type.
    /// </summary>
    /// <param name="stateName">The name of the state that waits.</param>
    /// <param name="reply">The reply.</param>
    /// <exception cref="PayloadException">The reply does not fit its type. The message names the member.</exception>
    public void CheckReply(string stateName, JsonValue reply)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        ArgumentNullException.ThrowIfNull(reply);
        if (RepliesByState.TryGetValue(stateName, out var type)) InputContract.Check(reply, type, Serializer, Workflow.TolerantReaders, () => RawReads.OfReply(Document, stateName));
    }

    /// <summary>
    /// Checks a value that takes the place of what the step of a state gives, such as the answer of a test: it must fit the step's type, and have its members and no others, also where readers are tolerant. Does nothing for a state that
    /// calls no step.
    /// </summary>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="output">The value.</param>
    /// <exception cref="PayloadException">The value does not fit the type. The message names the member.</exception>
    public void CheckOutput(string stateName, JsonValue output)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        ArgumentNullException.ThrowIfNull(output);
        if (StepsByState.TryGetValue(stateName, out var step)) InputContract.Check(output, step.OutputType, Serializer, isTolerant: false, static () => ReadOnlySet<string>.Empty);
    }

    /// <summary>The error that an exception of a step is for the workflow: what its Catch and Retry match.</summary>
    /// <param name="exception">What the step threw.</param>
    public FunctionError ErrorOf(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FunctionError.Of(exception, Exceptions);
    }

    /// <summary>The step behind a function name of the document, <c>AddPrice</c> or <c>${AddPrice}</c>; null when there is none.</summary>
    public IStep? FindStep(string functionName)
    {
        ArgumentNullException.ThrowIfNull(functionName);
        if (functionName.StartsWith("${", StringComparison.Ordinal) && functionName.EndsWith('}')) functionName = functionName[2..^1];
        return stepsByFunction.GetValueOrDefault(functionName);
    }
}
