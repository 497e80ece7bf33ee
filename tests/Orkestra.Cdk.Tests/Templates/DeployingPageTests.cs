using Orkestra.Deployment.Templates;
using Shouldly;

namespace Orkestra.Cdk.Tests.Templates;

/// <summary>The wirings of docs/deploying.md fit what <c>orkestra template</c> writes.</summary>
public sealed class DeployingPageTests : IDisposable
{
    readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("orkestra-deploying-");

    public void Dispose() => temporary.Delete(recursive: true);

    [Fact]
    public async Task SAM_takes_the_template_as_an_application()
    {
        ExternalTool.CfnLint.Needed();
        var template = await DirectTemplate.OfAsync(new TemplateOptions { CodePath = "functions.zip" }, new OrderProcess(), new Shipping());
        await WriteAsync("orkestra.out/template.json", template.Text);
        await WriteAsync("template.yaml", Block("yaml"));

        (await ExternalTool.CfnLint.RunAsync(temporary.FullName, "", "template.yaml")).ShouldBe("");
    }

    [Fact]
    public async Task Terraform_fills_in_the_parts()
    {
        ExternalTool.Terraform.Needed();
        var template = await DirectTemplate.OfAsync(new TemplateOptions(), new HelloOrkestra());
        await WriteAsync("orkestra.out/parts/HelloOrkestra.asl.json", template.Machines[0].Workflow.Definition);
        await WriteAsync("orkestra.out/parts/HelloOrkestra.policy.json", DeploymentTemplate.PolicyOf(template.Machines[0]));
        await WriteAsync("orkestra.out/parts/HelloOrkestra.functions.json", DeploymentTemplate.FunctionsOf(template.Machines[0]));
        await WriteAsync("page/main.tf", Block("hcl"));

        (await ExternalTool.Terraform.RunAsync(temporary.FullName, "", "fmt", "-check", "-diff", "page")).ShouldBe("");
        const string functions = """jsondecode(file("orkestra.out/parts/HelloOrkestra.functions.json"))""";
        (await EvaluateAsync($$"""length(jsondecode(templatefile("orkestra.out/parts/HelloOrkestra.asl.json", { for name, settings in {{functions}} : name => "arn" })).States)""")).ShouldBe("8");
        (await EvaluateAsync(
            $$"""length(jsondecode(templatefile("orkestra.out/parts/HelloOrkestra.policy.json", merge({ AWSPartition = "aws", AWSRegion = "r", AWSAccountId = "1" }, { for name, settings in {{functions}} : "HelloOrkestra${name}FunctionArn" => "arn" }))).Statement)"""))
            .ShouldBe("11");
    }

    Task<string> EvaluateAsync(string expression) => ExternalTool.Terraform.RunAsync(temporary.FullName, expression + "\n", "console");

    Task WriteAsync(string file, string text)
    {
        var path = Path.Combine(temporary.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text);
    }

    static string Block(string language)
    {
        var above = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(above, "Orkestra.slnx"))) above = Path.GetDirectoryName(above) ?? throw new InvalidOperationException("The tests do not run below the root of the repository.");
        var page = File.ReadAllText(Path.Combine(above, "docs", "deploying.md")).ReplaceLineEndings("\n");
        var begin = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
    }
}
