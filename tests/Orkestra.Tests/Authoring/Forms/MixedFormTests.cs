using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Testing;
using Orkestra.Validation;
using Shouldly;
using Xunit;
using static Orkestra.Authoring.Workflow;

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>Forms inside of one another: each compiles to a valid document and runs to the answer plain C# gives.</summary>
public sealed class MixedFormTests
{
    static readonly Step<int, int> Next = new(number => number + 1);
    static readonly Step<int, int> Twice = new(number => number * 2);
    static readonly Step<int, int> Even = new(number => number % 2 == 0 ? number : throw new FormatException($"{number} is odd"));
    static readonly Step<int, int> Small = new(number => number < 50 ? number : throw new ArgumentException($"{number} is large"));
    static readonly Step<int, string> Text = new(number => $"<{number}>");
    static readonly Step<string, int> Length = new(text => text.Length);
    static readonly Step<int[], int> Sum = new(numbers => numbers.Sum());
    static readonly Step<int, int[]> Count = new(number => [.. Enumerable.Range(1, number)]);
    static readonly Step<int, Nothing> Note = new(_ => default(Nothing));
    static readonly Step<int, Nothing> Ask = new((_, context) => { context.TaskToken.ShouldNotBeNull(); });

    // What a property composes is made while the query around it is read.
    static Flow<int, int> SixIfOdd => Even.Catch<FormatException>((_, _) => Next.With(6)) >> Next;

    sealed class Halves : Workflow<int, int>
    {
        static readonly Step<int, int> Half = new(number => number / 2);

        public override Flow<int, int> Define() => Even >> Half;
    }

    /// <summary>Plain C#: the value, or what the handler makes of an exception of the type.</summary>
    static TOut Or<TException, TOut>(Func<TOut> value, Func<TException, TOut> handler)
        where TException : Exception
    {
        try
        {
            return value();
        }
        catch (TException exception)
        {
            return handler(exception);
        }
    }

    static int EvenOf(int number) => number % 2 == 0 ? number : throw new FormatException($"{number} is odd");

    static int SmallOf(int number) => number < 50 ? number : throw new ArgumentException($"{number} is large");

    static int GrowOf(int number)
    {
        do number *= 2;
        while (number <= 100);
        return number;
    }

    static IEnumerable<Form> All =>
    [
        Form.Of(
            "A loop in an arm of a switch", "",
            Next.Switch().Case(number => number < 0, Flow.Input<int>().Select(number => -number)).Case(number => number < 100, Twice.RepeatUntil(number => number > 100)).Default(Text >> Length) >> Next,
            input => (input + 1 < 0 ? -(input + 1) : input + 1 < 100 ? GrowOf(input + 1) : $"<{input + 1}>".Length) + 1,
            [-9, 1, 7, 99, 1234]),
        Form.Of(
            "A switch in a loop", "",
            Flow.Input<int>().Switch().Case(number => number % 2 == 0, Twice).Default(Next).RepeatUntil(number => number > 40, limit: 20),
            input =>
            {
                do input = input % 2 == 0 ? input * 2 : input + 1;
                while (input <= 40);
                return input;
            },
            [1, 2, 39, 41]),
        Form.Of(
            "A loop in a loop", "",
            (Next >> Twice.RepeatWhile(number => number % 10 != 0, limit: 3).Catch<RepeatLimitException>((number, _) => number)).RepeatUntil(number => number >= 12, limit: 30),
            input =>
            {
                do
                {
                    var start = ++input;
                    var rounds = 0;
                    do
                    {
                        if (rounds++ == 3)
                        {
                            input = start;
                            break;
                        }

                        input *= 2;
                    }
                    while (input % 10 != 0);
                }
                while (input < 12);
                return input;
            },
            [1, 4, 10]),
        Form.Of(
            "A loop that gives up, in a map", "",
            Twice.RepeatUntil(number => number > 20, limit: 3).MapOutcomes().Select(outcomes => outcomes.Select(outcome => outcome.IsSuccess ? outcome.Value : -1).ToArray()),
            inputs => [.. inputs.Select(input => input * 2 > 20 ? input * 2 : input * 4 > 20 ? input * 4 : input * 8 > 20 ? input * 8 : -1)],
            [[1, 2, 3, 20], []]),
        Form.Of(
            "A saga in an element of a map, caught", "",
            Try(Next.CompensateWith(Note) >> Even.CompensateWith((before, after) => Note.With(before + after)) >> Small).Catch<FormatException>((input, _) => -input).Map().Select(numbers => numbers.Sum()),
            inputs => inputs.Sum(input => Or<FormatException, int>(() => SmallOf(EvenOf(input + 1)), _ => -input)),
            [[1, 3, 5], [2, 3], [], [1, 99, 2]]),
        Form.Of(
            "A saga in each branch", "",
            All(Next.CompensateWith(Note) >> Even, Twice.CompensateWith(Note) >> Small).Select(both => both.Item1 * 1000 + both.Item2),
            input => (EvenOf(input + 1) * 1000) + SmallOf(input * 2),
            [1, 2, 33]),
        Form.Of(
            "Finally around a nested workflow", "",
            new Halves().AsStep().Finally(Note).Catch<FormatException>((number, error) => error.Message.Length + number) >> Next,
            input => Or<FormatException, int>(() => EvenOf(input) / 2, error => error.Message.Length + input) + 1,
            [4, 7]),
        Form.Of(
            "Finally around Finally", "",
            Try(Even.Finally(Note) >> Small.Finally(Note)).Finally(Note >> Flow.Input<Nothing>().Select(_ => 1)),
            input => SmallOf(EvenOf(input)),
            [2, 3, 60]),
        Form.Of(
            "A nested workflow in a map in a branch", "",
            Count >> All(new Halves().AsStep().MapOutcomes(), Twice.Map() >> Sum).Select(both => both.Item1.Count(outcome => outcome.IsSuccess) * 1000 + both.Item2),
            input => (input / 2 * 1000) + Enumerable.Range(1, input).Sum(number => number * 2),
            [0, 1, 5]),
        Form.Of(
            "Outcomes of branches in an array", "",
            (Flow.Input<int>() >> (Even, Text)).Map().Select(pairs => pairs.Select(pair => pair.Item1.IsSuccess ? pair.Item2.Value + "!" : pair.Item1.Error + pair.Item2.Value).ToArray()),
            inputs => [.. inputs.Select(input => input % 2 == 0 ? $"<{input}>!" : $"FormatException<{input}>")],
            [[1, 2], []]),
        Form.Of(
            "Outcomes matched in an expression", "",
            Even.MapOutcomes().Select(outcomes => outcomes.Select(outcome => outcome.Match(value => value, failure => failure.Error.Length)).ToArray()) >> Sum,
            inputs => inputs.Sum(input => input % 2 == 0 ? input : nameof(FormatException).Length),
            [[1, 2, 3], []]),
        Form.Of(
            "Captured, switched over and thrown again", "",
            Even.Capture().When(outcome => outcome.Error == "FormatException", Flow.Input<Outcome<int>>(), Flow.Input<Outcome<int>>()).Rethrow() >> Next,
            input => EvenOf(input) + 1,
            [2, 3]),
        Form.Of(
            "A fused chain with a retry and a catch", "",
            (Next >> Even >> Text).Fused().Retry<FormatException>(2, TimeSpan.FromSeconds(1)).Catch<FormatException>((number, error) => $"{number}: {error.Message}"),
            input => Or<FormatException, string>(() => $"<{EvenOf(input + 1)}>", error => $"{input}: {error.Message}"),
            [1, 2]),
        Form.Of(
            "A fused chain in a map in a loop", "",
            (Next >> Twice).Fused("Grow").Map().RepeatUntil(numbers => numbers.All(number => number > 20), limit: 10),
            inputs =>
            {
                do inputs = [.. inputs.Select(input => (input + 1) * 2)];
                while (!inputs.All(input => input > 20));
                return inputs;
            },
            [[1, 2, 3], [20], []]),
        Form.Of(
            "A query in an element of a query's map", "",
            from number in Next
            from all in (from one in Twice from two in Next.With(one) select one * 100 + two).Map().With(new[] { 1, 2 })
            from last in Sum.With(all)
            select number * 10000 + last,
            input => ((input + 1) * 10000) + 203 + 405,
            [0, 3]),
        Form.Of(
            "A query in an arm of a switch in a query", "",
            from number in Next
            from text in Flow.Input<int>().Switch().Case(value => value > 3, from twice in Twice from shown in Text.With(twice) select shown + twice).Default(Text).With(number)
            select text + "/" + number,
            input => input + 1 > 3 ? $"<{(input + 1) * 2}>{(input + 1) * 2}/{input + 1}" : $"<{input + 1}>/{input + 1}",
            [1, 5]),
        Form.Of(
            "A constant input inside of a flow that a query gives its input", "",
            from number in Next
            from sum in SixIfOdd.With(number)
            select sum * 10 + number,
            input => (((input + 1) % 2 == 0 ? input + 2 : 8) * 10) + input + 1,
            [0, 5]),
        Form.Of(
            "A handler with a flow in an element of a map", "",
            Even.Catch<FormatException>((number, error) => Text.With(number + error.Message.Length) >> Length).Map(),
            inputs => [.. inputs.Select(input => input % 2 == 0 ? input : $"<{input + $"{input} is odd".Length}>".Length)],
            [[1, 2, 300001], []]),
        Form.Of(
            "Handlers in the order of C#", "",
            Try(Even >> Small).Catch<FormatException>((_, _) => -1).Catch<ArgumentException>((_, _) => -2).Catch<Exception>((_, _) => -3).RepeatUntil(number => number < 100, limit: 2),
            input => Or<ArgumentException, int>(() => Or<FormatException, int>(() => SmallOf(EvenOf(input)), _ => -1), _ => -2),
            [2, 3, 60]),
        Form.Of(
            "A wait in an arm in a map", "",
            Flow.Input<int>().When(number => number > 1, Next >> Wait.For(TimeSpan.FromHours(3)) >> Twice, Next).Map(),
            inputs => [.. inputs.Select(input => input > 1 ? (input + 1) * 2 : input + 1)],
            [[1, 2, 3], []]),
        Form.Of(
            "An end in an element of a map", "",
            (Next.When(number => number > 3, Flow.Succeed<int, int>(), Twice) >> Twice).Map().Select(numbers => numbers.Sum()),
            inputs => inputs.Sum(input => input + 1 > 3 ? input + 1 : (input + 1) * 4),
            [[1, 2, 3, 4], []]),
        Form.Of(
            "A failure in an arm in a try in a branch", "",
            All(Try(Next.When(number => number > 3, Flow.Fail<int, int>(number => new InvalidOperationException($"not {number}")))).Catch<InvalidOperationException>((input, error) => error.Message.Length * 100 + input), Twice)
                .Select(both => both.Item1 + both.Item2),
            input => (input + 1 > 3 ? ($"not {input + 1}".Length * 100) + input : input + 1) + (input * 2),
            [1, 3]),
        Form.Of(
            "A poll in a branch in a loop", "",
            All(Next.PollUntil(number => number > 0, every: TimeSpan.FromMinutes(1)), Twice).Select(both => both.Item1 + both.Item2).RepeatUntil(number => number > 50, wait: TimeSpan.FromMinutes(1)),
            input =>
            {
                do input = input + 1 + (input * 2);
                while (input <= 50);
                return input;
            },
            [1, 7]),
    ];

    public static TheoryData<string> Names => [.. All.Select(static form => form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_valid_and_gives_what_plain_code_gives(string name)
    {
        var form = All.First(form => form.Name == name);
        var document = form.Workflow.Compile().Document;
        StateMachineValidator.Validate(document).Diagnostics.ShouldBeEmpty();
        AslReader.Parse(AslWriter.Write(document)).ShouldBe(document);
        form.Runs.ShouldNotBeEmpty();
        foreach (var run in form.Runs) await run();
    }

    [Fact]
    public async Task A_callback_in_a_branch_gives_up_while_the_other_branch_is_done()
    {
        var flow = All(Ask.WaitForCallback<int>(timeout: TimeSpan.FromHours(1)).Catch<TimeoutException>((number, _) => -number), Twice >> Next).Select(both => both.Item1 * 100 + both.Item2);

        var run = new WorkflowTest(TestWorkflow.Of(flow)).Start(5);
        (await run.CallbackAsync("Ask")).LetTimePass();
        (await run.Completion).ShouldSucceedWith(-489);

        run = new WorkflowTest(TestWorkflow.Of(flow)).Start(5);
        await (await run.CallbackAsync("Ask")).SucceedAsync(3);
        (await run.Completion).ShouldSucceedWith(311);
    }

    [Fact]
    public async Task A_callback_in_an_element_of_a_map_is_undone_by_its_saga()
    {
        var undone = new System.Collections.Concurrent.ConcurrentQueue<int>();
        Step<int, Nothing> undo = new(number => undone.Enqueue(number)) { Name = "Undo" };
        var flow = (Next.CompensateWith(undo) >> Ask.WaitForCallback<int>(timeout: TimeSpan.FromHours(1)) >> Twice).MapOutcomes(maxConcurrency: 1)
            .Select(outcomes => outcomes.Select(outcome => outcome.IsSuccess ? outcome.Value : -1).ToArray());

        var run = new WorkflowTest(TestWorkflow.Of(flow)).Start(JsonValue.Parse("[1,2]"));
        await (await run.CallbackAsync("Ask")).FailAsync("Refused", "no");
        await (await run.CallbackAsync("Ask")).SucceedAsync(21);
        (await run.Completion).ShouldSucceedWith(JsonValue.Parse("[-1,42]"));
        undone.ShouldBe([2]);
    }
}
