using Orkestra.Asl;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// From a state's result to its output (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html).
internal sealed partial class Execution
{
    static readonly JsonShape ExecutionShape = new(["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount"]);
    static readonly JsonShape ExpressShape = new(["Id", "Input", "Name", "RoleArn", "StartTime"]);
    static readonly JsonShape MachineShape = new(["Id", "Name"]);

    JsonObject? contextOfExecution;
    JsonObject? contextOfMachine;
    string? name;
    string? arn;

    /// <summary>How often it was redriven.</summary>
    internal int RedriveCount { get; private set; }

    /// <summary>The execution's name.</summary>
    internal string Name => name ??= NameOf(start);

    /// <summary>The execution's ARN.</summary>
    internal string Arn => arn ??= ArnOf(start);

    internal static string ArnOf(ExecutionStart start) =>
        start.Machine.ExecutionArn(start.Type, NameOf(start), new SeededRandom(~start.Seed).NextGuid().ToString());

    internal static string NameOf(ExecutionStart start) => start.Name ?? new SeededRandom(SeededRandom.Mix(start.Seed)).NextGuid().ToString();

    internal JsonObject ContextOfExecution => contextOfExecution ??= start.Type == StateMachineType.Express
        ? new JsonObject(ExpressShape, [Arn, start.Input, Name, start.Machine.RoleArn, Timestamps.ToJson(StartedAt)])
        : new JsonObject(ExecutionShape, [Arn, start.Input, Name, start.Machine.RoleArn, Timestamps.ToJson(StartedAt), RedriveCount]);

    internal JsonObject ContextOfMachine => contextOfMachine ??= new JsonObject(MachineShape, [start.Machine.StateMachineArn, start.Machine.Name]);

    internal JsonObject? ContextOfItem => start.MapItem;

    internal ref SeededRandom Random => ref random;

    /// <summary>JSONPath: the state's input after InputPath.</summary>
    internal JsonValue EffectiveInput(Frame frame)
    {
        var path = frame.State.Flow.InputPath;
        return path is null ? frame.Input : path.Evaluate(Evaluation.For(frame, frame.Input));
    }

    /// <summary>Ends a state with a result, in either language.</summary>
    internal void SucceedWith(Frame frame, JsonValue result)
    {
        if (frame.State.Flow.IsJsonata) SucceedJsonata(frame, result);
        else Succeed(frame, result);
    }

    /// <summary>JSONPath: ResultSelector, ResultPath, OutputPath and Assign.</summary>
    internal void Succeed(Frame frame, JsonValue result, StateNode? next, AssignTemplate? assign)
    {
        var flow = frame.State.Flow;
        var selected = flow.ResultSelector is null ? result : flow.ResultSelector.Evaluate(Evaluation.For(frame, result));
        var output = flow.ResultPath.Place(frame.Input, selected);
        if (flow.OutputPath is not null) output = flow.OutputPath.Evaluate(Evaluation.For(frame, output));
        Exit(frame, output, assign?.Evaluate(Evaluation.For(frame, result)), next);
    }

    internal void Succeed(Frame frame, JsonValue result)
    {
        var state = frame.State;
        if (state.Flow.IsPlain) Exit(frame, result, null, state.Next);
        else Succeed(frame, result, state.Next, state.Flow.Assign);
    }

    /// <summary>JSONata: Output and Assign. Without a result the state's input passes.</summary>
    internal void SucceedJsonata(Frame frame, JsonValue? result)
    {
        var state = frame.State;
        SucceedJsonata(frame, result, state.Flow.Output, state.Flow.Assign, state.Next);
    }

    internal void SucceedJsonata(Frame frame, JsonValue? result, Template? outputTemplate, AssignTemplate? assign, StateNode? next)
    {
        var output = result ?? frame.Input;
        JsonObject? assigned = null;
        if (outputTemplate is not null || assign is not null)
        {
            var at = Evaluation.For(frame, frame.Input, result);
            if (outputTemplate is not null) output = outputTemplate.Evaluate(at);
            assigned = assign?.Evaluate(at);
        }

        Exit(frame, output, assigned, next);
    }
}
