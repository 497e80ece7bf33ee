using System.Diagnostics;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.AspNetCore.Tests;

/// <summary>
/// The AWS SDK for JavaScript against the endpoint. Skipped without Node.js or <c>@aws-sdk/client-sfn</c>, which is looked for in <c>NODE_PATH</c> and in
/// <c>artifacts/node/node_modules</c>: <c>npm install --prefix artifacts/node @aws-sdk/client-sfn</c>.
/// </summary>
public sealed class JavaScriptTests
{
    const string Script = """
        const sfn = require('@aws-sdk/client-sfn');
        const client = new sfn.SFNClient({ endpoint: process.argv[2], region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, disableHostPrefix: true, maxAttempts: 1 });
        const call = (name, input = {}) => client.send(new sfn[name + 'Command'](input));
        const refused = async (name, input) => { try { await call(name, input); return 'none'; } catch (problem) { return problem.name + ' ' + (problem instanceof sfn.SFNServiceException); } };
        const ended = async (executionArn) => { for (;;) { const found = await call('DescribeExecution', { executionArn }); if (found.status !== 'RUNNING') return found; await new Promise(resume => setTimeout(resume, 20)); } };
        (async () => {
          const roleArn = 'arn:aws:iam::000000000000:role/test', out = {};
          const activityArn = (await call('CreateActivity', { name: 'work' })).activityArn;
          const definition = JSON.stringify({ StartAt: 'Work', States: { Work: { Type: 'Task', Resource: activityArn, Next: 'Check' },
            Check: { Type: 'Choice', Choices: [{ Variable: '$.bad', BooleanEquals: true, Next: 'Bad' }], Default: 'Good' }, Good: { Type: 'Succeed' }, Bad: { Type: 'Fail', Error: 'Bad' } } });
          const machine = await call('CreateStateMachine', { name: 'one', definition, roleArn, publish: true, versionDescription: 'first' });
          out.created = machine.creationDate instanceof Date;
          const alias = await call('CreateStateMachineAlias', { name: 'live', routingConfiguration: [{ stateMachineVersionArn: machine.stateMachineVersionArn, weight: 100 }] });
          const started = await call('StartExecution', { stateMachineArn: alias.stateMachineAliasArn, name: 'run', input: '{}' });
          const task = await call('GetActivityTask', { activityArn, workerName: 'js' });
          await call('SendTaskHeartbeat', { taskToken: task.taskToken });
          await call('SendTaskSuccess', { taskToken: task.taskToken, output: '{"bad":true}' });
          const failed = await ended(started.executionArn);
          out.failed = [failed.status, failed.error, failed.stateMachineAliasArn === alias.stateMachineAliasArn, failed.redriveStatus];
          await call('RedriveExecution', { executionArn: started.executionArn });
          out.redriven = [(await ended(started.executionArn)).redriveCount, (await call('ListExecutions', { stateMachineArn: machine.stateMachineArn, redriveFilter: 'REDRIVEN' })).executions.length];
          const types = [];
          for await (const page of sfn.paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn: started.executionArn })) types.push(...page.events.map(event => event.type));
          out.history = [types[0], types.filter(type => type === 'ExecutionRedriven').length, types[types.length - 1]];
          const stopped = await call('StartExecution', { stateMachineArn: machine.stateMachineArn });
          await call('StopExecution', { executionArn: stopped.executionArn, error: 'Enough' });
          out.stopped = (await ended(stopped.executionArn)).status;
          const express = await call('CreateStateMachine', { name: 'two', definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":7,"End":true}}}', roleArn, type: 'EXPRESS' });
          out.sync = (await call('StartSyncExecution', { stateMachineArn: express.stateMachineArn })).output;
          out.tested = (await call('TestState', { definition: '{"Type":"Pass","Result":8,"End":true}', roleArn })).output;
          out.validated = (await call('ValidateStateMachineDefinition', { definition: '{}' })).result;
          await call('TagResource', { resourceArn: machine.stateMachineArn, tags: [{ key: 'a', value: 'b' }] });
          out.tags = (await call('ListTagsForResource', { resourceArn: machine.stateMachineArn })).tags;
          out.refused = [await refused('DescribeExecution', { executionArn: 'arn:aws:states:us-east-1:1:execution:a:b' }), await refused('StartExecution', { stateMachineArn: machine.stateMachineArn + 'x' }),
            await refused('CreateStateMachine', { name: 'bad name', definition, roleArn })];
          console.log(JSON.stringify(out));
        })().catch(problem => { console.error(problem); process.exit(1); });
        """;

    [Fact]
    public async Task The_SDK_for_JavaScript_creates_starts_works_and_redrives()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var json = await RunAsync(endpoint.Address);
        json.ToJson().ShouldBe(
            """{"created":true,"failed":["FAILED","Bad",true,"REDRIVABLE"],"redriven":[1,1],"history":["ExecutionStarted",1,"ExecutionFailed"],"stopped":"ABORTED","sync":"7","tested":"8","validated":"FAIL","tags":"""
            + """[{"key":"a","value":"b"}],"refused":["ExecutionDoesNotExist true","StateMachineDoesNotExist true","InvalidName true"]}""");
    }

    static async Task<JsonValue> RunAsync(Uri endpoint)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, ArgumentList = { "-", endpoint.AbsoluteUri } };
        start.Environment["NODE_PATH"] = string.Join(Path.PathSeparator, Environment.GetEnvironmentVariable("NODE_PATH"), Path.Combine(Artifacts(), "node", "node_modules"));
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            Assert.Skip($"Node.js is not here: {problem.Message}");
            return JsonValue.Null;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(Script);
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await process.WaitForExitAsync(limit.Token);
            if ((await error).Contains("Cannot find module '@aws-sdk/client-sfn'", StringComparison.Ordinal))
                Assert.Skip("@aws-sdk/client-sfn is not here: npm install --prefix artifacts/node @aws-sdk/client-sfn");
            process.ExitCode.ShouldBe(0, await error);
            return JsonValue.Parse(await output);
        }
    }

    // The tests run in artifacts/bin/PROJECT/CONFIGURATION.
    static string Artifacts() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
}
