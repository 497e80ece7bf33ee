using System.Runtime.CompilerServices;
using Orkestra.Authoring.Envelopes;
using Orkestra.Authoring.Functions;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>
/// A function with a name: the unit that is retried, timed and deployed. Assign it to a field, whose name becomes the step's. A step holds no services: one
/// that needs them takes a <see cref="StepContext"/> or is a class (<see cref="Step.Handled"/>). Steps are immutable and can be shared between threads and workflows.
/// </summary>
/// <typeparam name="TIn">The payload it takes; <c>object?</c> accepts anything.</typeparam>
/// <typeparam name="TOut">The payload it gives.</typeparam>
public sealed class Step<TIn, TOut> : Flow<TIn, TOut>, IStep
{
    readonly Delegate identity;
    readonly Func<TIn, StepContext, ValueTask<TOut>> run;
    readonly StepFlowNode node;
    readonly StepMetadata metadata;
    readonly Action<object?, Type, System.Text.Json.JsonSerializerOptions, StepContext, string>? validation;

    /// <summary>A step that is a function.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    // A lambda that throws or gives default fits this and the asynchronous form alike; the priority decides.
    [OverloadResolutionPriority(1)]
    public Step(Func<TIn, TOut> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, (input, _) => new ValueTask<TOut>(run(input)), name, file, line, takesContext: false)
    {
    }

    /// <summary>A step that is an asynchronous function.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public Step(Func<TIn, Task<TOut>> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, (input, _) => new ValueTask<TOut>(run(input)), name, file, line, takesContext: false)
    {
    }

    /// <summary>A step that is a function of its input and its context.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    [OverloadResolutionPriority(1)]
    public Step(Func<TIn, StepContext, TOut> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, (input, context) => new ValueTask<TOut>(run(input, context)), name, file, line)
    {
    }

    /// <summary>A step that is an asynchronous function of its input and its context.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public Step(Func<TIn, StepContext, Task<TOut>> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, (input, context) => new ValueTask<TOut>(run(input, context)), name, file, line)
    {
    }

    /// <summary>A step that is an asynchronous function without a result; <typeparamref name="TOut"/> is <see cref="Nothing"/>.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    /// <exception cref="WorkflowException"><typeparamref name="TOut"/> isn't <see cref="Nothing"/>: the function gives no value.</exception>
    [OverloadResolutionPriority(-1)]
    public Step(Func<TIn, Task> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, async (input, _) => { await run(input).ConfigureAwait(false); return default!; }, name, file, line, takesContext: false) => RequireNothing(name);

    /// <summary>A step that is a function without a result; <typeparamref name="TOut"/> is <see cref="Nothing"/>.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    /// <exception cref="WorkflowException"><typeparamref name="TOut"/> isn't <see cref="Nothing"/>: the function gives no value.</exception>
    [OverloadResolutionPriority(-2)]
    public Step(Action<TIn> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, (input, _) => { run(input); return default; }, name, file, line, takesContext: false) => RequireNothing(name);

    /// <summary>A step that is an asynchronous function of its input and its context, without a result; <typeparamref name="TOut"/> is <see cref="Nothing"/>.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    /// <exception cref="WorkflowException"><typeparamref name="TOut"/> isn't <see cref="Nothing"/>: the function gives no value.</exception>
    [OverloadResolutionPriority(-1)]
    public Step(Func<TIn, StepContext, Task> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, async (input, context) => { await run(input, context).ConfigureAwait(false); return default!; }, name, file, line) => RequireNothing(name);

    /// <summary>A step that is a function of its input and its context, without a result; <typeparamref name="TOut"/> is <see cref="Nothing"/>.</summary>
    /// <param name="run">The function. An exception fails the step; its type name is the error's name.</param>
    /// <param name="name">The step's name, by default that of the field it is assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    /// <exception cref="WorkflowException"><typeparamref name="TOut"/> isn't <see cref="Nothing"/>: the function gives no value.</exception>
    [OverloadResolutionPriority(-2)]
    public Step(Action<TIn, StepContext> run, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : this(run, (input, context) => { run(input, context); return default; }, name, file, line) => RequireNothing(name);

    internal Step(Delegate identity, Func<TIn, StepContext, ValueTask<TOut>> run, string name, string file, int line, bool takesContext = true)
    {
        if (identity is null)
            throw new ArgumentNullException(nameof(run), $"The function of the step '{name}' is null. Static fields are initialized in the order of the source: declare what it is made of above the step.");
        this.identity = identity;
        this.run = run;
        metadata = new StepMetadata(typeof(TIn), typeof(TOut)) { Name = name, SourceFile = file, SourceLine = line, TakesContext = takesContext };
        node = new StepFlowNode(this);
    }

    /// <inheritdoc/>
    public string Name
    {
        get => metadata.Name;
        init => metadata.Name = value;
    }

    /// <inheritdoc/>
    public string? Description
    {
        get => metadata.Description;
        init => metadata.Description = value;
    }

    /// <inheritdoc/>
    public new TimeSpan? Timeout
    {
        get => metadata.Timeout;
        init => metadata.Timeout = value;
    }

    /// <inheritdoc/>
    public new TimeSpan? Heartbeat
    {
        get => metadata.Heartbeat;
        init => metadata.Heartbeat = value;
    }

    /// <summary>
    /// Where the step runs when its workflow is deployed: a Lambda function by default. A step in a worker should have a <see cref="Heartbeat"/>, so that a worker that disappeared is noticed.
    /// </summary>
    public StepHost Host
    {
        get => metadata.Host;
        init => metadata.Host = value;
    }

    /// <inheritdoc/>
    public int? Memory
    {
        get => metadata.Memory;
        init => metadata.Memory = value;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Environment
    {
        get => metadata.Environment;
        init => metadata.Environment = value;
    }

    /// <summary>When the step is retried after an error; null for never. A number is the count of retries with default intervals.</summary>
    public new RetryPolicy? Retry
    {
        get => metadata.Retry;
        init => metadata.Retry = value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Type> Throws
    {
        get => metadata.Throws;
        init => metadata.Throws = value;
    }

    /// <summary>
    /// What an AWS service wraps around the payload, such as <see cref="Orkestra.Authoring.Envelope.Sqs"/>; the step receives what is inside. The default is null. With
    /// <see cref="BatchEnvelope.EachRecord"/> the step runs once for each record, and the source learns which records failed.
    /// </summary>
    public Envelope? Envelope
    {
        get => metadata.Envelope;
        init => metadata.Envelope = value;
    }

    /// <summary>
    /// Whether the input is validated before the step runs: validation attributes (System.ComponentModel.DataAnnotations) and IValidatableObject, for everything
    /// that the input contains. An invalid input is the error <c>ValidationException</c>. The default is false.
    /// </summary>
    public bool Validate
    {
        get => validation is not null;
        // Named only here, so that a binary whose steps do not validate is trimmed of it.
        init
        {
            validation = value ? PayloadValidation.Check : null;
            metadata.Validates = value;
        }
    }

    /// <summary>
    /// Whether the step accepts a payload that has other members than <typeparamref name="TIn"/>: additional members are ignored and missing ones keep their defaults. The default is
    /// false: compiling the workflow then reports each member that is written and not read, or read and not written.
    /// </summary>
    public bool TolerantReader
    {
        get => metadata.ReadsTolerantly;
        init => metadata.ReadsTolerantly = value;
    }

    /// <inheritdoc/>
    public string SourceFile => metadata.SourceFile;

    /// <inheritdoc/>
    public int SourceLine => metadata.SourceLine;

    Type IStep.InputType => typeof(TIn);

    Type IStep.OutputType => typeof(TOut);

    private protected override FlowNode Node => node;

    /// <summary>Calls the step's function, for tests and for use outside of a workflow. Nothing is serialised, retried or timed.</summary>
    /// <param name="input">The input.</param>
    /// <param name="context">The context of the call; one with defaults when null.</param>
    /// <exception cref="Exception">Whatever the step throws.</exception>
    public async Task<TOut> InvokeAsync(TIn input, StepContext? context = null) =>
        await run(input, context ?? new StepContext { StepName = Name }).ConfigureAwait(false);

    // Asynchronous only where it has to be: each pair of types would have a state machine of its own to compile when a program starts.
    ValueTask<JsonValue> IStep.InvokeAsync(JsonValue payload, PayloadSerializer serializer, StepContext context)
    {
        if (metadata.Envelope?.Each is { } each) return RunEachAsync(each, payload, serializer, context);
        var call = run(Read(payload, metadata.Envelope, serializer, context), context);
        if (!call.IsCompletedSuccessfully) return FinishAsync(call, serializer);
        var output = call.Result;
        return output is Task ? FinishAsync(new(output), serializer) : new(Write(output, serializer));
    }

    async ValueTask<JsonValue> FinishAsync(ValueTask<TOut> call, PayloadSerializer serializer) => Write(await Finish(await call.ConfigureAwait(false)).ConfigureAwait(false), serializer);

    JsonValue Write(TOut output, PayloadSerializer serializer)
    {
        try
        {
            return serializer.Serialize(output);
        }
        catch (PayloadException exception)
        {
            throw new PayloadException($"Step '{metadata.Name}' cannot write its output. {exception.Message}", exception);
        }
    }

    ValueTask<JsonValue> RunEachAsync(EachRecordEnvelope each, JsonValue payload, PayloadSerializer serializer, StepContext context) => each.RunAsync(
        metadata.Name,
        payload,
        EnvelopeTarget.Of(typeof(TIn), serializer.Options).Text,
        context,
        async (record, own) => await Finish(await run(Read(record, null, serializer, own), own).ConfigureAwait(false)).ConfigureAwait(false));

    TIn Read(JsonValue payload, Envelope? envelope, PayloadSerializer serializer, StepContext context)
    {
        TIn input;
        try
        {
            if (envelope is not null) payload = envelope.Open(payload, EnvelopeTarget.Of(typeof(TIn), serializer.Options));
            input = serializer.Deserialize<TIn>(payload);
        }
        catch (PayloadException exception)
        {
            throw PayloadException.OfInput(metadata.Name, exception);
        }

        validation?.Invoke(input, typeof(TIn), serializer.Options, context, metadata.Name);
        return input;
    }

    static void RequireNothing(string name)
    {
        if (typeof(TOut) != typeof(Nothing) && typeof(TOut) != typeof(object))
            throw new WorkflowException($"Step '{name}' is declared to give {TypeName.Of(typeof(TOut))}, but its function returns no value. Return one, or declare it as Step<{TypeName.Of(typeof(TIn))}, Nothing>.");
    }

    // Over `object` the synchronous form wins even for a function that returns a task; the task's result is what is meant.
    static async ValueTask<TOut> Finish(TOut output) => typeof(TOut) == typeof(object) && output is Task<TOut> task ? await task.ConfigureAwait(false) : output;

    StepMetadata IStep.Metadata => metadata;

    bool IStep.RunsEachRecord => metadata.RunsEachRecord;

    bool IStep.SameFunctionAs(IStep other) => ReferenceEquals(this, other) || (other is Step<TIn, TOut> step && step.identity.Equals(identity));
}
