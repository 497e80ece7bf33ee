using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Orkestra.Cdk.Tests.Samples;

[Collection(Synthesis.Name)]
public sealed partial class SampleTests
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public SampleTests() => Synthesis.Needed();

    public static TheoryData<string> Names => Sample.Names;

    /// <summary>Set ORKESTRA_APPROVE=1 to write the templates anew, then look at the difference.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_template_is_the_approved_one(string name)
    {
        var template = Hashes().Replace(SampleTemplates.Of(name).Root.ToJsonString(Readable), "<hash>") + "\n";
        var approved = Path.Combine(Folder(), $"{name}.template.json");
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1") File.WriteAllText(approved, template);

        template.ShouldBe(File.ReadAllText(approved), $"the template of {name} is not what {approved} has");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_linter_has_nothing_to_say(string name)
    {
        var file = Path.Combine(Path.GetTempPath(), $"orkestra-lint-{Environment.ProcessId}-{name}.template.json");
        File.WriteAllText(file, SampleTemplates.Of(name).Text);
        try
        {
            // Run from the repository, where .cfnlintrc is.
            var start = new ProcessStartInfo("cfn-lint", [file]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository() };
            using var lint = Process.Start(start)!;
            var said = lint.StandardOutput.ReadToEnd() + lint.StandardError.ReadToEnd();
            lint.WaitForExit();
            said.ShouldBeEmpty();
            lint.ExitCode.ShouldBe(0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("cfn-lint is not installed.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_policy_has_a_star_that_a_name_could_replace(string name)
    {
        var statements = SampleTemplates.Of(name).Root["Resources"]!.AsObject()
            .Select(resource => resource.Value!["Properties"])
            .SelectMany(properties => (JsonNode?[])[properties?["PolicyDocument"], .. properties?["Policies"]?.AsArray().Select(policy => policy!["PolicyDocument"]) ?? []])
            .OfType<JsonObject>()
            .SelectMany(policy => policy["Statement"]!.AsArray())
            .ToList();

        statements.Where(statement => statement!["Action"].ToText().Contains('*')).ShouldBeEmpty();
        foreach (var statement in statements.Where(statement => statement!["Resource"].ToText().Contains('*')))
            Unnamed.ShouldContain(action => statement!["Action"].ToText().Contains(action), statement.ToText());
    }

    /// <summary>What has no name that a policy could give.</summary>
    static readonly string[] Unnamed =
    [
        "logs:CreateLogDelivery",       // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html: these take no resource
        "xray:PutTraceSegments",        // https://docs.aws.amazon.com/xray/latest/devguide/security_iam_service-with-iam.html: nor do these
        "lambda:InvokeFunction",        // the versions of one function, of which running executions call older ones
        "logs:PutLogEvents",            // CDK's own role for containers of AWS Batch
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_may_only_write_its_own_log(string name)
    {
        var template = SampleTemplates.Of(name);
        foreach (var function in template.All("AWS::Lambda::Function"))
        {
            var role = template.Root["Resources"]![(string)function["Role"]!["Fn::GetAtt"]![0]!]!["Properties"]!;
            role["ManagedPolicyArns"].ShouldBeNull();
            var statement = role["Policies"]!.AsArray().ShouldHaveSingleItem()!["PolicyDocument"]!["Statement"]!.AsArray().ShouldHaveSingleItem()!;
            statement["Resource"].ToText().ShouldBe($$$"""{"Fn::GetAtt":["{{{(string)function["LoggingConfig"]!["LogGroup"]!["Ref"]!}}}","Arn"]}""");
        }
    }

    static string Folder() => Path.Combine(Repository(), "tests", "Orkestra.Cdk.Tests", "Samples", "Approved");

    static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orkestra.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }

    // What the program is published to differs from build to build: the asset, and the versions of the functions made of it.
    [GeneratedRegex("[0-9a-f]{64}|(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}")]
    private static partial Regex Hashes();
}
