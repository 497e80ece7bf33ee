using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Layering;

/// <summary>
/// Which namespace of the core may know which, read from the compiled assembly. A namespace is a folder, and a folder below another belongs to it.
/// </summary>
public sealed class LayeringTests
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Orkestra.Asl"] = [],
        ["Orkestra.Validation"] = ["Orkestra.Asl"],
        ["Orkestra.Authoring"] = ["Orkestra.Asl"],
        ["Orkestra.Engine"] = ["Orkestra.Asl"],
        ["Orkestra.Hosting"] = ["Orkestra.Asl", "Orkestra.Validation", "Orkestra.Authoring", "Orkestra.Engine"],
    };

    [Fact]
    public void Namespaces_know_only_what_they_may()
    {
        using var assembly = new AssemblyReader(typeof(Workflow).Assembly.Location);
        var wrong = assembly.Uses().Where(use => !Allowed.TryGetValue(use.From, out var targets) || !targets.Contains(use.To));
        wrong.Select(use => $"{use.Type} of {use.From} knows {use.To}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_reader_sees_what_is_there()
    {
        using var assembly = new AssemblyReader(typeof(Workflow).Assembly.Location);
        var uses = assembly.Uses().Select(use => (use.From, use.To)).ToHashSet();
        uses.ShouldContain(("Orkestra.Hosting", "Orkestra.Engine"));
        uses.ShouldContain(("Orkestra.Authoring", "Orkestra.Asl"));
        uses.ShouldContain(("Orkestra.Engine", "Orkestra.Asl"));
    }

    [Fact]
    public void Expressions_import_nothing() =>
        References(typeof(Orkestra.Expressions.Data.JsonValue).Assembly.Location).ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_core_imports_expressions_and_abstractions_only() =>
        References(typeof(Workflow).Assembly.Location).Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["Orkestra.Expressions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"]);

    static string[] References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Where(name => name != "System.Private.CoreLib")];
    }
}
