using CsCheck;
using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Tests.Asl;

/// <summary>Generators of random documents: every field of the language, sensible or not.</summary>
static class Documents
{
    static readonly Gen<string> Word = Gen.OneOf("a", "Charge", "größer", "x y", "\"", "\\", "{% $states.input %}", "$.a", "🎵", "", "States.ALL");
    static readonly Gen<string?> Text = Maybe(Word);
    static readonly Gen<JsonValue> Scalar = Gen.OneOf(
        Word.Select(word => (JsonValue)word), Gen.Int.Select(number => (JsonValue)number), Gen.Bool.Select(flag => (JsonValue)flag),
        Gen.Const(JsonValue.Null), Gen.OneOf("1.50", "1e3", "12345678901234567890").Select(text => (JsonValue)JsonNumber.Parse(text)));

    static readonly Gen<JsonObject> Extra = Gen.Frequency(
        (5, Gen.Const(JsonObject.Empty)), (1, Scalar.Select(value => JsonObject.Create(("x-note", value)))));

    static readonly Gen<JsonObject> Fields = Gen.Select(Word, Scalar).Array[0, 3]
        .Select(members => JsonObject.Create(members.Select(member => KeyValuePair.Create(member.Item1, member.Item2))));

    static readonly Gen<JsonValue> Payload = Gen.OneOf(
        Scalar, Fields.Select(value => (JsonValue)value), Scalar.Array[0, 3].Select(items => (JsonValue)JsonArray.Create(items)));

    static readonly Gen<JsonValue?> Any = Maybe(Payload);
    static readonly Gen<JsonObject?> Assign = Maybe(Fields);
    static readonly Gen<JsonValue?> Number = Maybe(Gen.OneOf(Gen.Int.Select(number => (JsonValue)number), Word.Select(word => (JsonValue)word)));
    static readonly Gen<PathField> Path = Gen.OneOf(Gen.Const(PathField.Absent), Gen.Const(PathField.Null), Word.Select(PathField.FromString));
    static readonly Gen<QueryLanguage?> Language = Gen.OneOf<QueryLanguage?>(null, QueryLanguage.JSONPath, QueryLanguage.JSONata);
    static readonly Gen<EquatableList<string>> Names = List(Word);

    static readonly Gen<Retrier> Retrier = Gen.Select(Text, Names, Gen.Int.Nullable(), Gen.Int.Nullable(), Gen.Double[1, 10].Nullable(), Extra).Select(
        (comment, errors, interval, attempts, rate, extra) => new Retrier
        {
            Comment = comment, ErrorEquals = errors, IntervalSeconds = interval, MaxAttempts = attempts, BackoffRate = rate, MaxDelaySeconds = attempts,
            JitterStrategy = comment, Extensions = extra,
        });

    static readonly Gen<Catcher> Catcher = Gen.Select(Text, Names, Path, Assign, Any, Extra).Select(
        (next, errors, path, assign, output, extra) => new Catcher
        {
            Comment = next, Next = next, ErrorEquals = errors, ResultPath = path, Assign = assign, Output = output, Extensions = extra,
        });

    static readonly Gen<ChoiceRule> Rule = Gen.Recursive<ChoiceRule>((depth, rule) => depth > 2
        ? Comparison
        : Gen.OneOf(
            Comparison,
            Payload.Select(condition => (ChoiceRule)new ConditionRule { Condition = condition }),
            List(rule).Where(rules => !rules.IsAbsent).Select(rules => (ChoiceRule)new AndRule { Rules = rules }),
            List(rule).Where(rules => !rules.IsAbsent).Select(rules => (ChoiceRule)new OrRule { Rules = rules }),
            rule.Select(part => (ChoiceRule)new NotRule { Rule = part }),
            Gen.Const((ChoiceRule)new UnknownRule())));

    static readonly Gen<ChoiceRule> FullRule = Gen.Select(Rule, Text, Assign, Any, Extra).Select(
        (rule, next, assign, output, extra) => rule with { Next = next, Comment = next, Assign = assign, Output = output, Extensions = extra });

    static Gen<ChoiceRule> Comparison => Gen.Select(Text, Gen.Enum<ComparisonOperator>(), Payload).Select(
        (variable, comparison, value) => (ChoiceRule)new ComparisonRule { Variable = variable, Operator = comparison, Value = value });

    public static Gen<StateMachine> Machine { get; } = Gen.Select(Text, Language, Gen.Int.Nullable(), States(0), Extra).Select(
        (text, language, timeout, states, extra) => new StateMachine
        {
            Comment = text, StartAt = text, Version = text, TimeoutSeconds = timeout, QueryLanguage = language, States = states, Extensions = extra,
        });

    static Gen<EquatableMap<State>> States(int depth) => Gen.Select(Word, State(depth)).Array[0, 4]
        .Select(states => new EquatableMap<State>(states.DistinctBy(state => state.Item1)));

    static Gen<State> State(int depth)
    {
        var kinds = new List<Gen<State>>
        {
            Gen.Select(Any, Any, Path).Select((result, parameters, path) => (State)new PassState { Result = result, Parameters = parameters, ResultPath = path }),
            Fallible(Gen.Select(Text, Any, Number).Select((text, any, number) => (FallibleState)new TaskState
            {
                Resource = text, Parameters = any, Arguments = any, Credentials = any, TimeoutSeconds = number, TimeoutSecondsPath = text,
                HeartbeatSeconds = number, HeartbeatSecondsPath = text,
            })),
            Gen.Select(List(FullRule), Text).Select((rules, text) => (State)new ChoiceState { Choices = rules, Default = text }),
            Gen.Select(Number, Text).Select((number, text) => (State)new WaitState
                { Seconds = number, SecondsPath = text, Timestamp = text, TimestampPath = text }),
            Gen.Const((State)new SucceedState()),
            Text.Select(text => (State)new FailState { Error = text, ErrorPath = text, Cause = text, CausePath = text }),
        };
        if (depth < 2)
        {
            kinds.Add(Fallible(Gen.Select(List(Gen.Select(Text, States(depth + 1), Extra).Select(
                (text, states, extra) => new Branch { Comment = text, StartAt = text, States = states, Extensions = extra })), Any).Select(
                (branches, any) => (FallibleState)new ParallelState { Branches = branches, Parameters = any, Arguments = any })));
            kinds.Add(Fallible(Map(depth)));
        }

        return Gen.Select(Gen.OneOf([.. kinds]), Text, Language, Path, Any, Assign, Gen.Bool.Nullable(), Extra).Select(
            (state, text, language, path, output, assign, end, extra) => state with
            {
                Comment = text,
                QueryLanguage = language,
                InputPath = path,
                OutputPath = path,
                Output = output,
                Assign = assign,
                Next = text,
                End = end,
                Extensions = extra,
            });
    }

    static Gen<FallibleState> Map(int depth)
    {
        var processor = Gen.Select(Text, States(depth + 1), Extra).Select((text, states, extra) => new ItemProcessor
        {
            Comment = text, StartAt = text, States = states, Extensions = extra,
            ProcessorConfig = text is null ? null : new ProcessorConfig { Mode = text, ExecutionType = text, Extensions = extra },
        });
        var parts = Gen.Select(Text, Any, Number, Names, Extra).Select((text, any, number, names, extra) => (
            Reader: new ItemReader
            {
                Resource = text, Parameters = any, Arguments = any, Extensions = extra,
                ReaderConfig = new ReaderConfig
                {
                    InputType = text, Transformation = text, ManifestType = text, CSVDelimiter = text, CSVHeaderLocation = text, CSVHeaders = names,
                    MaxItems = number, MaxItemsPath = text, ItemsPointer = text, Extensions = extra,
                },
            },
            Batcher: new ItemBatcher
            {
                MaxItemsPerBatch = number, MaxItemsPerBatchPath = text, MaxInputBytesPerBatch = number, MaxInputBytesPerBatchPath = text, BatchInput = any,
                Extensions = extra,
            },
            Writer: new ResultWriter
            {
                Resource = text, Parameters = any, Arguments = any, Extensions = extra,
                WriterConfig = new WriterConfig { Transformation = text, OutputType = text, Extensions = extra },
            }));
        return Gen.Select(Maybe(processor), parts, Text, Any, Number, Path).Select((body, part, text, any, number, path) => (FallibleState)new MapState
        {
            Items = any, ItemsPath = path, ItemSelector = any, Parameters = any, ItemReader = part.Reader, ItemBatcher = part.Batcher,
            ResultWriter = part.Writer, ItemProcessor = body, Iterator = body, MaxConcurrency = number, MaxConcurrencyPath = text,
            ToleratedFailureCount = number, ToleratedFailureCountPath = text, ToleratedFailurePercentage = number, ToleratedFailurePercentagePath = text,
            Label = text,
        });
    }

    static Gen<State> Fallible(Gen<FallibleState> state) => Gen.Select(state, Any, Path, List(Retrier), List(Catcher)).Select(
        (value, any, path, retry, fallback) => (State)(value with { ResultSelector = any, ResultPath = path, Retry = retry, Catch = fallback }));

    static Gen<EquatableList<T>> List<T>(Gen<T> item) => Gen.Frequency(
        (1, Gen.Const(default(EquatableList<T>))), (3, item.Array[0, 3].Select(items => EquatableList.Create<T>(items))));

    static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Frequency((1, Gen.Const((T?)null)), (2, gen.Select(value => (T?)value)));
}
