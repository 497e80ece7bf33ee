using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Programs that must not compile, and what the compiler says of them.</summary>
public sealed class WrongEdgeTests
{
    const string Declarations = """
        using System;
        using Orkestra.Authoring;
        public record Item(string Name, decimal? Price);
        public static class Program
        {
            static readonly Step<Nothing, Item> Make = new(_ => new("x", 1));
            static readonly Step<Item, Item> AddPrice = new(item => item);
            static readonly Step<Item, string> NameOf = new(item => item.Name);
            static readonly Step<Item, string?> MaybeName = new(item => item.Name);
            static readonly Step<string, int> Length = new(text => text.Length);
            static readonly Step<int, int> Increment = new(number => number + 1);
            static readonly Step<object?, string> Hello = new(_ => "hello");
            static readonly Step<Nothing, System.Collections.Generic.List<int>> Numbers = new(_ => [1]);
            static readonly Step<Nothing, System.Collections.Generic.Dictionary<string, int>> Dictionary = new(_ => new());
            static readonly Step<char[], int> Characters = new(_ => 1);
        """;

    static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "mscorlib.dll" or "netstandard.dll")
            .Append(typeof(Workflow).Assembly.Location)
            .Append(typeof(Orkestra.Expressions.Data.JsonValue).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("Make >> Length", "CS0019", "Step<Nothing, Item>", "Step<string, int>")]
    [InlineData("Make >> AddPrice >> Increment", "CS0019", "Flow<Nothing, Item>", "Step<int, int>")]
    [InlineData("Make >> (AddPrice, Increment)", "CS0019", "Step<Nothing, Item>", "Step<int, int>")]
    [InlineData("Length >> (Increment, Hello, AddPrice)", "CS0019", "Step<string, int>", "Step<Item, Item>")]
    [InlineData("Make >> AddPrice.Map()", "CS0019", "Step<Nothing, Item>", "Flow<Item[], Item[]>")]
    [InlineData("(NameOf >> Length) >> NameOf", "CS0019", "Flow<Item, int>", "Step<Item, string>")]
    [InlineData("Make >> Workflow.All(Increment, Hello)", "CS0019", "Step<Nothing, Item>", "AllOf<")]
    [InlineData("Length >> [Increment, AddPrice]", "CS0019", "Step<string, int>", "collection expression")]
    [InlineData("Make >> [AddPrice, Increment]", "CS0019", "Step<Nothing, Item>", "collection expression")]
    [InlineData("Numbers >> NameOf.Map()", "CS0019", "Step<Nothing, List<int>>", "Flow<Item[], string[]>")]
    [InlineData("Dictionary >> Hello.Map()", "CS0019", "Step<Nothing, Dictionary<string, int>>", "Flow<object[], string[]>")]
    [InlineData("NameOf >> Characters", "CS0019", "Step<Item, string>", "Step<char[], int>")]
    public void The_compiler_names_both_sides(string expression, string id, string left, string right)
    {
        var problem = Problems($"static object Edge() => {expression};").ShouldHaveSingleItem();
        problem.Id.ShouldBe(id);
        problem.GetMessage().ShouldContain($"'{left}'", Case.Sensitive);
        problem.GetMessage().ShouldContain(right, Case.Sensitive);
    }

    [Theory]
    [InlineData("static Flow<Nothing, int> Edge() => Make >> AddPrice;", "CS0029")]
    [InlineData("static object Edge() => NameOf.Catch<Exception>(Length);", "CS1503")]
    [InlineData("static object Edge() => Length.Catch<string>(null!);", "CS0311")]
    [InlineData("static readonly Step<int, string> Wrong1 = new(number => number);", "CS0029")]
    public void Other_misfits_do_not_compile_either(string member, string id) => Problems(member).Select(problem => problem.Id).ShouldContain(id);

    [Theory]
    [InlineData("Make >> NameOf.When(text => text.Length > 3, Length, Hello)", "two branches of When give different types")]
    [InlineData("Make >> NameOf.When(text => text.Length > 3, Increment, Length)", "doesn't take what the flow before gives")]
    [InlineData("Make >> NameOf.When(text => text.Length > 3, Length)", "must take and give what the flow before gives")]
    [InlineData("Length >> (Increment, Increment, Increment, Increment, Increment, Increment, Increment, Increment)", "at most 7 branches")]
    [InlineData("Length >> (Increment, Increment, Increment, Increment, Increment, Increment, Increment, Increment, Increment, Increment)", "at most 7 branches")]
    public void A_misfit_that_has_a_fix_is_explained(string expression, string sentence)
    {
        var problem = Problems($"static object Edge() => {expression};").ShouldHaveSingleItem();
        problem.Id.ShouldBe("CS0619");
        problem.GetMessage().ShouldContain(sentence);
    }

    [Theory]
    [InlineData("new(_ => System.Threading.Tasks.Task.Delay(1))")]
    [InlineData("new(async _ => await System.Threading.Tasks.Task.Delay(1))")]
    [InlineData("new(item => Console.WriteLine(item))")]
    [InlineData("new(item => { Console.WriteLine(item); })")]
    [InlineData("new((item, context) => context.CancellationToken.ThrowIfCancellationRequested())")]
    [InlineData("new(async (item, context) => await System.Threading.Tasks.Task.Delay(1, context.CancellationToken))")]
    [InlineData("new(_ => throw new NotSupportedException())")]
    [InlineData("new(_ => default)")]
    public void A_step_without_a_result_can_be_any_function(string step) =>
        Problems($"static readonly Step<Item, Nothing> Do = {step};", DiagnosticSeverity.Warning).ShouldBeEmpty();

    [Fact]
    public void What_may_be_null_does_not_flow_into_what_may_not() =>
        Problems("static object Edge() => MaybeName >> Length;", DiagnosticSeverity.Warning).ShouldHaveSingleItem().Id.ShouldBe("CS8631");

    [Theory]
    [InlineData("Make >> AddPrice >> NameOf >> Length >> Increment >> Hello")]
    [InlineData("Make >> (Hello, AddPrice, NameOf) >> Hello")]
    [InlineData("Length >> [Increment, Hello] >> Hello")]
    public void What_fits_compiles(string expression) => Problems($"static object Edge() => {expression};", DiagnosticSeverity.Warning).ShouldBeEmpty();

    static IEnumerable<Diagnostic> Problems(string member, DiagnosticSeverity least = DiagnosticSeverity.Error)
    {
        var tree = CSharpSyntaxTree.ParseText($"{Declarations}\n{member}\n}}", new CSharpParseOptions(LanguageVersion.Latest));
        return CSharpCompilation.Create("Program", [tree], References, Options).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= least && diagnostic.Location.SourceTree == tree);
    }
}
