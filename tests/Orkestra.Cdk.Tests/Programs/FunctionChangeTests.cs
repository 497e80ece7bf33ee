using Amazon.CDK;
using Shouldly;

namespace Orkestra.Cdk.Tests.Programs;

/// <summary>A deployment replaces what a change concerns, and nothing else: the templates before and after it are compared.</summary>
[Trait("Category", "Publish")]
public sealed class FunctionChangeTests : CdkTest
{
    public FunctionChangeTests() => NewProject.Needed();

    const string Code = """
        public sealed record Order(string Id, int Quantity);
        public sealed record Bill(string Id, decimal Total);

        public static class Prices
        {
            public static decimal Of(int quantity) => quantity * 2.50m;
        }

        public sealed partial class Trade : Workflow<Order, string>
        {
            static readonly Step<Order, Bill> Price = new(order => new Bill(order.Id, Prices.Of(order.Quantity)));
            static readonly Step<Bill, Bill> Check = new(async bill => { await Task.Yield(); return bill.Total > 0 ? bill : throw new InvalidOperationException("nothing to pay"); });
            static readonly Step<Bill, string> Thank = new(bill => Thanks(bill.Id)) { Timeout = TimeSpan.FromSeconds(5) };
            static string Thanks(string id) => $"thank you for {id}";

            public override Flow<Order, string> Define() => Price >> Check >> Thank;
        }
        """;

    static readonly Lazy<Dictionary<string, (string Asset, string Version)>> Before = new(() => Deployed("Trade0", Code));

    [Fact]
    public void Functions_of_steps_that_use_different_code_have_assets_of_their_own() => Before.Value.Values.Select(function => function.Asset).Distinct().Count().ShouldBe(3);

    [Theory]
    [InlineData(1, "static string Thanks(string id) => $\"thank you for {id}\"", "static string Thanks(string id) => $\"thanks for {id}\"", "Thank")]
    [InlineData(2, "bill.Total > 0", "bill.Total >= 0", "Check")]
    [InlineData(3, "quantity * 2.50m", "quantity * 2.75m", "Price")]
    [InlineData(4, "Price >> Check >> Thank", "Price >> Thank", "")]
    [InlineData(5, "public sealed partial class Trade", "\n\n// A comment.\npublic sealed partial class Trade", "")]
    [InlineData(6, "    static readonly Step<Order, Bill> Price", "    static readonly Step<int, int> Another = new(number => number + 1);\n    static readonly Step<Order, Bill> Price", "")]
    [InlineData(7, "record Bill(string Id, decimal Total)", "record Bill(string Id, decimal Total, int Days = 30)", "Check Price Thank")]
    public void A_change_of_code_changes_the_functions_that_use_it(int number, string from, string to, string changed)
    {
        Code.ShouldContain(from);

        var after = Deployed($"Trade{number}", Code.Replace(from, to, StringComparison.Ordinal));

        after.Where(function => function.Value.Asset != Before.Value[function.Key].Asset).Select(function => function.Key).Order(StringComparer.Ordinal).ShouldBe(changed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        after.Where(function => function.Value.Version != Before.Value[function.Key].Version).Select(function => function.Key).Order(StringComparer.Ordinal).ShouldBe(changed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // A project of its own for each change, as synthesis publishes a project once; the assembly and what is deployed have the same names.
    static Dictionary<string, (string Asset, string Version)> Deployed(string name, string code)
    {
        Synthesis.Needed();
        var project = new NewProject(name, "return await OrkestraHost.RunAsync<Trade>(args);", code, "Trade");
        var workflow = project.Workflow(project.Publish(native: false), "Trade");
        var app = new App();
        app.UseFunctions(new FunctionPackage(project.Folder));
        var stack = new Stack(app, "Test");
        workflow.StateMachine(stack);
        var template = new SynthesisedTemplate(File.ReadAllText(app.Synth().GetStackByName("Test").TemplateFullPath));
        return workflow.Compile().Steps.Keys.ToDictionary(step => step, step =>
        {
            var id = $"Trade{step}Function";
            var version = template.Root["Resources"]!.AsObject().Select(resource => resource.Key).Single(key => key.StartsWith($"{id}CurrentVersion", StringComparison.Ordinal));
            return ((string)template.Named(id)["Code"]!["S3Key"]!, version);
        });
    }
}
