using Orkestra.Asl;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>The executions of the recorded files. A new kind of signal or a new form gets a new scenario; those that are recorded stay as they are.</summary>
static class RecordedScenarios
{
    static readonly TaskOutcome Done = TaskOutcome.Result(JsonObject.Create(("done", true)));

    public static RecordedScenario[] All { get; } =
    [
        new("chain-jsonpath", """
            {"StartAt":"Add","States":{
              "Add":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)","id.$":"States.UUID()","start.$":"$$.Execution.StartTime"},"ResultPath":"$.added","Next":"Branch"},
              "Branch":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.added.n","NumericGreaterThan":2},{"Variable":"$.name","StringMatches":"a*"}],"Next":"Keep"}],"Default":"Add"},
              "Keep":{"Type":"Pass","InputPath":"$.added","OutputPath":"$.n","End":true}}}
            """, """{"n":2,"name":"abc"}"""),
        new("chain-jsonata-variables", """
            {"QueryLanguage":"JSONata","StartAt":"Set","States":{
              "Set":{"Type":"Pass","Assign":{"list":"{% [1..5] %}","r":"{% $random() %}","id":"{% $uuid() %}"},"Output":{"sum":"{% $sum([1..5]) %}"},"Next":"Branch"},
              "Branch":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.sum > 10 %}","Assign":{"big":true},"Next":"End"}],"Default":"No"},
              "No":{"Type":"Fail","Error":"No"},
              "End":{"Type":"Succeed","Output":{"list":"{% $list[$ > 2] %}","big":"{% $big %}","r":"{% $r %}","id":"{% $id %}","at":"{% $states.context.State.EnteredTime %}"}}}}
            """),
        new("retry-catch-timeout-heartbeat", """
            {"StartAt":"Retried","States":{
              "Retried":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload.$":"$"},"ResultSelector":{"p.$":"$.Payload"},
                "Retry":[{"ErrorEquals":["Boom"],"IntervalSeconds":3,"MaxAttempts":4,"BackoffRate":2.5,"MaxDelaySeconds":9,"JitterStrategy":"FULL"}],"ResultPath":"$.retried","Next":"Slow"},
              "Slow":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:slow","TimeoutSeconds":5,
                "Catch":[{"ErrorEquals":["States.Timeout"],"ResultPath":"$.slow","Next":"Silent"}],"End":true},
              "Silent":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"MessageBody.$":"$$.Task.Token","QueueUrl":"q"},"HeartbeatSeconds":4,"TimeoutSeconds":60,
                "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"ResultPath":"$.silent","Next":"Fatal"}],"End":true},
              "Fatal":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"g"},"Catch":[{"ErrorEquals":["Other"],"Next":"Unreached"}],"End":true},
              "Unreached":{"Type":"Succeed"}}}
            """)
        {
            Answer = (task, recorder) => task.StateName switch
            {
                "Retried" => task.Attempt < 4 ? recorder.LaterAsync(task, 1, TaskOutcome.Failure("Boom", $"attempt {task.Attempt}")) : new(TaskOutcome.Payload(JsonObject.Create(("ok", true)))),
                "Slow" => recorder.LaterAsync(task, 1_000, Done),
                "Silent" => Silent(task, recorder),
                _ => new(TaskOutcome.Failure("Fatal", "not caught")),
            },
        },
        new("waits", """
            {"StartAt":"Some","States":{
              "Some":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Until"},
              "Until":{"Type":"Wait","Timestamp":"2026-01-01T01:00:00Z","Next":"Past"},
              "Past":{"Type":"Wait","TimestampPath":"$.past","Next":"Expression"},
              "Expression":{"Type":"Wait","QueryLanguage":"JSONata","Seconds":"{% $states.input.seconds * 2 %}","End":true}}}
            """, """{"seconds":7,"past":"2020-01-01T00:00:00Z"}"""),
        new("parallel-failing-branch", """
            {"StartAt":"Both","States":{
              "Both":{"Type":"Parallel","Branches":[
                  {"StartAt":"Fails","States":{"Fails":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:fails","End":true}}},
                  {"StartAt":"Long","States":{"Long":{"Type":"Wait","Seconds":100,"Next":"Never"},"Never":{"Type":"Pass","End":true}}},
                  {"StartAt":"Works","States":{"Works":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:works","End":true}}}],
                "Retry":[{"ErrorEquals":["Boom"],"MaxAttempts":1}],"Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"After"}],"End":true},
              "After":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},{"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":2,"End":true}}}],"End":true}}}
            """)
        {
            Answer = (task, recorder) => task.StateName == "Fails" ? recorder.LaterAsync(task, 3, TaskOutcome.Failure("Boom", "as planned")) : recorder.LaterAsync(task, 10, Done),
        },
        new("inline-map", """
            {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,"ItemSelector":{"n.$":"$$.Map.Item.Value","i.$":"$$.Map.Item.Index"},
              "ItemProcessor":{"StartAt":"Work","States":{
                "Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","Next":"Rest"},"Rest":{"Type":"Wait","Seconds":1,"End":true}}},"End":true}}}
            """, """{"items":[5,4,3,2,1]}""")
        {
            Answer = (task, recorder) => recorder.LaterAsync(task, NumberOf(task, "n"), TaskOutcome.Result(task.Input)),
        },
        new("distributed-map", Distributed("""
            "ToleratedFailureCount":2,"ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"all":true}},"ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"results","Prefix":"all"}},
            """), "[1,2,3,4,5]")
        {
            Answer = (task, recorder) => recorder.LaterAsync(task, 1, task.Input["Items"]![0] is JsonNumber { Value: 3 } ? TaskOutcome.Failure("Boom", "as planned") : TaskOutcome.Result(task.Input)),
        },
        new("distributed-map-read", Distributed("""
            "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},"Parameters":{"Bucket":"in","Key":"missing.json"}},
            """), "{}"),
        new("distributed-map-items", Distributed("""
            "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON","MaxItems":2},"Parameters":{"Bucket":"in","Key":"items.json"}},
            """), "{}")
        {
            Answer = (task, recorder) => new(TaskOutcome.Result(task.Input)),
            Course = recorder => recorder.Objects.Write("in", "items.json", "[10,20,30]"),
        },
        new("distributed-map-unwritten", Distributed("""
            "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"results","Prefix":"all"}},
            """), "[1]")
        {
            Answer = (task, recorder) => new(TaskOutcome.Result(task.Input)),
            HasObjects = false,
        },
        new("distributed-map-updated", Distributed("\"Label\":\"Each\","), "[1,2,3,4]")
        {
            Answer = (task, recorder) => recorder.LaterAsync(task, 4, TaskOutcome.Result(task.Input)),
            Course = recorder => recorder.After(1, async () => await recorder.Handle.UpdateMapRunAsync(recorder.Handle.Snapshot.MapRuns[0].Arn, maxConcurrency: 3, toleratedFailureCount: 1)),
        },
        new("distributed-map-redriven", Distributed(""), "[1,2,3]")
        {
            Answer = (task, recorder) => recorder.LaterAsync(task, 2, !recorder.IsSecondTime && task.Input is JsonNumber { Value: 2 } ? TaskOutcome.Failure("Boom", "as planned") : TaskOutcome.Result(task.Input)),
            End = recorder => recorder.RedriveAsync(),
        },
        new("callbacks", """
            {"StartAt":"Usual","States":{
              "Usual":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"MessageBody.$":"$$.Task.Token","QueueUrl":"q"},"HeartbeatSeconds":10,"TimeoutSeconds":600,"Next":"Early"},
              "Early":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"f","Payload":{"token.$":"$$.Task.Token"}},"Next":"Refused"},
              "Refused":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"MessageBody.$":"$$.Task.Token","QueueUrl":"q"},
                "Catch":[{"ErrorEquals":["Refused"],"Next":"End"}],"End":true},
              "End":{"Type":"Succeed"}}}
            """)
        {
            Answer = (task, recorder) =>
            {
                var token = task.TaskToken;
                switch (task.StateName)
                {
                    case "Usual":
                        recorder.After(8, () => recorder.Runtime.SendTaskHeartbeatAsync(token));
                        recorder.After(15, () => recorder.Runtime.SendTaskSuccessAsync(token, JsonObject.Create(("usual", true))));
                        return new(Done);
                    case "Early":
                        recorder.After(1, () => recorder.Runtime.SendTaskSuccessAsync(token, JsonObject.Create(("early", true))));
                        return recorder.LaterAsync(task, 3, Done);
                    default:
                        recorder.After(2, () => recorder.Runtime.SendTaskFailureAsync(token, "Refused", "by hand"));
                        return new(Done);
                }
            },
        },
        new("activities", """
            {"StartAt":"Worked","States":{
              "Worked":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","HeartbeatSeconds":30,"Next":"Failed"},
              "Failed":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","TimeoutSeconds":50,"Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Late"}],"End":true},
              "Late":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","TimeoutSeconds":5,"End":true}}}
            """, """{"n":1}""")
        {
            Course = recorder =>
            {
                recorder.After(2, async () =>
                {
                    var task = await recorder.Runtime.Activities.GetTaskAsync(RecordedScenario.Activity, "first worker");
                    await recorder.Runtime.SendTaskHeartbeatAsync(task.TaskToken);
                    await recorder.Runtime.SendTaskSuccessAsync(task.TaskToken, task.Input);
                });
                recorder.After(20, async () =>
                {
                    var task = await recorder.Runtime.Activities.GetTaskAsync(RecordedScenario.Activity);
                    await recorder.Runtime.SendTaskFailureAsync(task.TaskToken, "Broken", "by hand");
                });
            },
        },
        new("nested", """
            {"StartAt":"Start","States":{
              "Start":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{
                "StateMachineArn":"arn:aws:states:us-east-1:000000000000:stateMachine:Inner","Input":{"n":1,"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$":"$$.Execution.Id"}},"ResultPath":"$.job","Next":"Ask"},
              "Ask":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:000000000000:stateMachine:Inner","Name":"asked"},"ResultPath":null,"End":true}}}
            """)
        {
            Machines = [("Inner", """{"StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":3,"Next":"Answer"},"Answer":{"Type":"Pass","Result":{"answer":42},"End":true}}}""")],
        },
        new("stopped", """
            {"StartAt":"Both","States":{"Both":{"Type":"Parallel","Branches":[
              {"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":100,"End":true}}},
              {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","End":true}}}],"End":true}}}
            """)
        {
            Answer = (task, _) => Recorder.NeverAsync(task),
            Course = recorder => recorder.After(5, () => recorder.Handle.StopAsync("Stopped", "by hand")),
        },
        new("timed-out", """{"TimeoutSeconds":30,"StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":20,"Next":"More"},"More":{"Type":"Wait","Seconds":20,"End":true}}}"""),
        new("redriven", """
            {"StartAt":"First","States":{
              "First":{"Type":"Pass","Result":1,"Next":"Both"},
              "Both":{"Type":"Parallel","Branches":[
                {"StartAt":"Good","States":{"Good":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:good","End":true}}},
                {"StartAt":"Bad","States":{"Bad":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:bad","Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":1}],"End":true}}}],"End":true}}}
            """)
        {
            Answer = (task, recorder) => recorder.LaterAsync(task, task.StateName == "Good" ? 1 : 2, task.StateName == "Good" || recorder.IsSecondTime ? Done : TaskOutcome.Failure("Boom", "as planned")),
            End = recorder => recorder.RedriveAsync(),
        },
        // The rules measured in 2026: what a failing iteration cuts, an error of a catcher, the cause of a timeout, members of an object as items, and their source.
        new("measured-rules", """
            {"QueryLanguage":"JSONata","TimeoutSeconds":100,"StartAt":"Each","States":{
              "Each":{"Type":"Map","Items":"{% $states.input.items %}","ItemProcessor":{"StartAt":"Work","States":{
                  "Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","Next":"Rest"},"Rest":{"Type":"Wait","Seconds":40,"End":true}}},
                "Catch":[{"ErrorEquals":["States.TaskFailed"],"Output":"{% $states.errorOutput %}","Next":"Slow"}],"End":true},
              "Slow":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:slow","TimeoutSeconds":5,"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Members"}],"End":true},
              "Members":{"Type":"Map","Items":"{% $states.input %}","ItemSelector":{"item":"{% $states.context.Map.Item %}"},"ToleratedFailureCount":0,"ToleratedFailurePercentage":50,
                "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Fails","States":{
                  "Fails":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.item.Key = 'Cause' %}","Next":"No"}],"Default":"Yes"},"No":{"Type":"Fail","Error":"No"},"Yes":{"Type":"Succeed"}}},
                "Next":"Nowhere"},
              "Nowhere":{"Type":"Parallel","Branches":[{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"F"}}}],
                "Catch":[{"ErrorEquals":["F"],"Output":"{% $states.input.none %}","Next":"Long"}],"Retry":[{"ErrorEquals":["States.QueryEvaluationError"]}],"Next":"Long"},
              "Long":{"Type":"Wait","Seconds":200,"End":true}}}
            """, """{"items":[1,2]}""")
        {
            Answer = (task, recorder) => task.StateName switch
            {
                "Work" => recorder.LaterAsync(task, 2, task.Input.ToJson() == "2" ? TaskOutcome.Failure("Boom", "as planned") : Done),
                _ => recorder.LaterAsync(task, 50, Done),
            },
        },
        new("long-loop", """
            {"QueryLanguage":"JSONata","StartAt":"I","States":{
              "I":{"Type":"Pass","Assign":{"i":0},"Next":"L"},
              "L":{"Type":"Choice","Choices":[{"Condition":"{% $i < 2600 %}","Assign":{"i":"{% $i + 1 %}"},"Next":"P"}],"Default":"E"},
              "P":{"Type":"Pass","Output":0,"Next":"L"},
              "E":{"Type":"Succeed"}}}
            """)
        {
            Options = new ExecutionOptions { Type = StateMachineType.Express, Quotas = ExecutionQuotas.Unlimited },
        },
        new("large-evaluations", """
            {"QueryLanguage":"JSONata","StartAt":"Each","States":{"Each":{"Type":"Map","Items":[1,2,3],"ItemProcessor":{"StartAt":"Sum","States":{
              "Sum":{"Type":"Pass","Output":"{% $sum($map([1..200000], function($v) { $v * $states.input })) %}","End":true}}},"End":true}}}
            """),
        new("restarted", """
            {"StartAt":"Before","States":{"Before":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:before","Next":"During"},
              "During":{"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","Parameters":{"JobName":"j"},"Next":"After"},"After":{"Type":"Wait","Seconds":1,"End":true}}}
            """)
        {
            Answer = (task, recorder) =>
            {
                if (task.StateName == "Before") return new(Done);
                if (recorder.IsSecondTime) return recorder.LaterAsync(task, 5, Done);
                task.ReportSubmitted(JsonObject.Create(("JobRunId", "1")));
                return Recorder.NeverAsync(task);
            },
            End = async recorder =>
            {
                await recorder.Store.WhenStoredAsync(ExecutionSignalKind.TaskSubmitted);
                await recorder.RestartAsync();
            },
        },
        // The engine has no fault that could be caused on purpose: the signal is added by hand.
        new("faulted", """{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","End":true}}}""")
        {
            Answer = (task, _) => Recorder.NeverAsync(task),
            End = recorder => recorder.Store.WhenStoredAsync(ExecutionSignalKind.Started),
            Added = new ExecutionSignal(ExecutionSignalKind.Faulted, new DateTime(2026, 1, 1, 0, 0, 1, DateTimeKind.Utc).Ticks, error: "States.Runtime", cause: "The engine could not go on."),
        },
        new("unfinished", """
            {"StartAt":"All","States":{"All":{"Type":"Parallel","Branches":[
              {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload":{"id.$":"States.UUID()"}},"TimeoutSeconds":3600,"End":true}}},
              {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"MessageBody.$":"$$.Task.Token","QueueUrl":"q"},"End":true}}},
              {"StartAt":"Offer","States":{"Offer":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","End":true}}}],"End":true}}}
            """)
        {
            Answer = (task, _) => task.StateName == "Ask" ? new(Done) : Recorder.NeverAsync(task),
            End = async recorder =>
            {
                await recorder.Store.WhenStoredAsync(ExecutionSignalKind.ActivityScheduled);
                await recorder.Store.WhenStoredAsync(ExecutionSignalKind.TaskSubmitted);
            },
        },
    ];

    static string Distributed(string fields) => """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","MaxConcurrency":2,FIELDS"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Work","States":{
          "Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","End":true}}},"End":true}}}
        """.Replace("FIELDS", fields, StringComparison.Ordinal);

    static double NumberOf(TaskInvocation task, string member) => (double)((JsonNumber)task.Input[member]!).Value;

    // Heartbeats come once, and then no more.
    static ValueTask<TaskOutcome> Silent(TaskInvocation task, Recorder recorder)
    {
        var token = task.TaskToken;
        recorder.After(3, () => recorder.Runtime.SendTaskHeartbeatAsync(token));
        return new(Done);
    }
}
