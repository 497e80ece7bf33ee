using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles the fields of one state.</summary>
internal sealed class StateFields(string name, QueryLanguage language)
{
    internal string Name => name;

    internal bool IsJsonata => language == QueryLanguage.JSONata;

    internal StateFlow Flow(State state, PathField resultPath = default, JsonValue? resultSelector = null)
    {
        if (IsJsonata) return new StateFlow { IsJsonata = true, Output = Jsonata(state.Output, "Output"), Assign = Assign(state.Assign) };
        if (state.InputPath.IsAbsent && state.OutputPath.IsAbsent && state.Assign is null && resultPath.IsAbsent && resultSelector is null)
            return StateFlow.PlainJsonPath;
        return new StateFlow
        {
            InputPath = Path(state.InputPath, "InputPath"),
            OutputPath = Path(state.OutputPath, "OutputPath"),
            ResultSelector = Payload(resultSelector, "ResultSelector"),
            ResultPath = Placement(resultPath, "ResultPath"),
            Assign = Assign(state.Assign),
        };
    }

    internal AssignTemplate? Assign(JsonObject? assign, string field = "Assign")
    {
        if (assign is null || assign.Count == 0) return null;
        return new AssignTemplate(Guard(field, () => IsJsonata ? JsonataTemplates.Compile(assign, field) : PayloadTemplates.Compile(assign)));
    }

    internal Template? Jsonata(JsonValue? value, string field, JsonKind? type = null) =>
        value is null || !IsJsonata ? null : Guard(field, () => JsonataTemplates.Compile(value, field, ResultType.Of(type)));

    internal Template? Payload(JsonValue? value, string field) => value is null || IsJsonata ? null : Guard(field, () => PayloadTemplates.Compile(value));

    internal Template? Arguments(JsonValue? arguments, JsonValue? parameters, string within = "") =>
        IsJsonata ? Jsonata(arguments, $"{within}Arguments") : Payload(parameters, $"{within}Parameters");

    internal Template? Items(MapState map, bool isDistributed) => IsJsonata ? ArrayOf(map.Items, "Items", isDistributed) : Path(map.ItemsPath, "ItemsPath");

    Template? ArrayOf(JsonValue? value, string field, bool orObject) =>
        value is null ? null : Guard(field, () => JsonataTemplates.Compile(value, field, new ResultType(JsonKind.Array, orObject ? JsonKind.Object : JsonKind.Array)));

    internal Template? ItemSelector(MapState map) => IsJsonata
        ? Jsonata(map.ItemSelector, "ItemSelector")
        : Payload(map.ItemSelector, "ItemSelector") ?? Payload(map.Parameters, "Parameters");

    /// <summary>InputPath, OutputPath and ItemsPath: null for all of it.</summary>
    Template? Path(PathField path, string field)
    {
        if (path.IsAbsent || path.Text == "$") return null;
        return path.IsNull ? new LiteralTemplate(JsonObject.Empty) : Guard(field, () => PathTemplates.Compile(path.Text!));
    }

    ResultPlacement Placement(PathField path, string field)
    {
        if (path.IsAbsent || path.Text == "$") return ResultPlacement.Replace;
        return path.IsNull ? ResultPlacement.Discard : Guard(field, () => PathTemplates.CompilePlacement(path.Text!));
    }

    internal NumberField? Number(JsonValue? value, string? path, string field, string within = "")
    {
        if (path is not null && !IsJsonata) return new NumberField(field + "Path", Guard(field + "Path", () => PathTemplates.Compile(path)), path);
        if (value is null) return null;
        return new NumberField(field, IsJsonata ? Guard(field, () => JsonataTemplates.Compile(value, within + field, ResultType.Of(JsonKind.Number))) : new LiteralTemplate(value), null);
    }

    /// <summary>Error and Cause of a Fail state.</summary>
    internal Template? TextOrPath(string? text, string? path, string field)
    {
        if (IsJsonata) return Jsonata(text is null ? null : JsonString.Create(text), field, JsonKind.String);
        if (path is not null) return Guard(field + "Path", () => PayloadTemplates.CompileExpression(path, field + "Path"));
        return text is null ? null : new LiteralTemplate(text);
    }

    internal WaitDelay Delay(WaitState wait)
    {
        if (wait.SecondsPath is { } secondsPath && !IsJsonata) return DelayPath("SecondsPath", secondsPath);
        if (wait.TimestampPath is { } timestampPath && !IsJsonata) return DelayPath("TimestampPath", timestampPath);
        if (wait.Seconds is { } seconds) return Delay("Seconds", Jsonata(seconds, "Seconds", JsonKind.Number) ?? new LiteralTemplate(seconds), null);
        if (wait.Timestamp is { } timestamp) return Delay("Timestamp", Jsonata(timestamp, "Timestamp", JsonKind.String) ?? new LiteralTemplate(timestamp), null);
        throw new InvalidStateMachineException($"The state '{name}' does not say how long to wait.");
    }

    WaitDelay DelayPath(string field, string path) => Delay(field, Guard(field, () => PathTemplates.CompileOptional(path)), path);

    WaitDelay Delay(string field, Template value, string? path) => new(field, value, path, IsJsonata);

    internal ChoiceBranch[] Branches(ChoiceState choice)
    {
        var branches = new ChoiceBranch[choice.Choices.Count];
        for (var i = 0; i < branches.Length; i++)
        {
            var rule = choice.Choices[i];
            var where = $"Choices[{i}]";
            branches[i] = new ChoiceBranch
            {
                Condition = Guard(where, () => Conditions.Compile(rule, IsJsonata, where)),
                Assign = Assign(rule.Assign, $"{where}/Assign"),
                Output = Jsonata(rule.Output, $"{where}/Output"),
            };
        }

        return branches;
    }

    internal static RetrierNode[] Retriers(EquatableList<Retrier> retriers)
    {
        var nodes = new RetrierNode[retriers.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var retrier = retriers[i];
            nodes[i] = new RetrierNode
            {
                Errors = new ErrorMatcher([.. retrier.ErrorEquals.Span]),
                MaxAttempts = retrier.MaxAttempts ?? 3,
                IntervalSeconds = retrier.IntervalSeconds ?? 1,
                BackoffRate = retrier.BackoffRate ?? 2,
                MaxDelaySeconds = retrier.MaxDelaySeconds ?? double.PositiveInfinity,
                HasFullJitter = retrier.JitterStrategy == "FULL",
            };
        }

        return nodes;
    }

    internal CatcherNode[] Catchers(EquatableList<Catcher> catchers)
    {
        var nodes = new CatcherNode[catchers.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var catcher = catchers[i];
            nodes[i] = new CatcherNode
            {
                Errors = new ErrorMatcher([.. catcher.ErrorEquals.Span]),
                ResultPath = IsJsonata ? ResultPlacement.Replace : Placement(catcher.ResultPath, $"Catch[{i}]/ResultPath"),
                IsDiscarded = !IsJsonata && catcher.ResultPath.IsNull && catcher.Assign is null,
                Output = Jsonata(catcher.Output, $"Catch[{i}]/Output"),
                Assign = Assign(catcher.Assign, $"Catch[{i}]/Assign"),
            };
        }

        return nodes;
    }

    internal DistributedMap Distributed(MapState map, ItemProcessor processor)
    {
        var reader = map.ItemReader;
        var config = reader?.ReaderConfig;
        var batcher = map.ItemBatcher;
        return new DistributedMap
        {
            ReaderResource = reader is null ? null : reader.Resource ?? throw new InvalidStateMachineException($"The ItemReader of the state '{name}' has no Resource."),
            ReaderArguments = Arguments(reader?.Arguments, reader?.Parameters, "ItemReader/"),
            ReaderConfig = config,
            MaxItems = Number(config?.MaxItems, config?.MaxItemsPath, "MaxItems", "ItemReader/ReaderConfig/"),
            HasBatches = batcher is not null,
            MaxItemsPerBatch = Number(batcher?.MaxItemsPerBatch, batcher?.MaxItemsPerBatchPath, "MaxItemsPerBatch", "ItemBatcher/"),
            MaxInputBytesPerBatch = Number(batcher?.MaxInputBytesPerBatch, batcher?.MaxInputBytesPerBatchPath, "MaxInputBytesPerBatch", "ItemBatcher/"),
            BatchInput = Jsonata(batcher?.BatchInput, "ItemBatcher/BatchInput") ?? Payload(batcher?.BatchInput, "ItemBatcher/BatchInput"),
            Writer = map.ResultWriter,
            WriterArguments = Arguments(map.ResultWriter?.Arguments, map.ResultWriter?.Parameters, "ResultWriter/"),
            ToleratedFailureCount = Number(map.ToleratedFailureCount, map.ToleratedFailureCountPath, "ToleratedFailureCount"),
            ToleratedFailurePercentage = Number(map.ToleratedFailurePercentage, map.ToleratedFailurePercentagePath, "ToleratedFailurePercentage"),
            Label = map.Label,
            ChildType = processor.ProcessorConfig?.ExecutionType == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard,
        };
    }

    T Guard<T>(string field, Func<T> compile)
    {
        try
        {
            return compile();
        }
        catch (Exception problem) when (problem is FormatException or JsonataException)
        {
            throw new InvalidStateMachineException($"The field '{field}' of the state '{name}' cannot be read: {problem.Message}", problem);
        }
    }
}
