namespace Orkestra.Dashboard.Tests;

/// <summary>Documents whose states show everything a page can show.</summary>
static class Definitions
{
    /// <summary>A Parallel, a Map, a Choice, a retried task, one whose error is caught, and one that fails when it is told to.</summary>
    public const string Shipping = """
        {"Comment":"Ships an order","StartAt":"Read order","States":{
          "Read order":{"Type":"Pass","Next":"Prepare"},
          "Prepare":{"Type":"Parallel","Next":"Large?","ResultPath":"$.prepared","Branches":[
            {"StartAt":"Print label","States":{"Print label":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:print","Retry":[{"ErrorEquals":["Printer.Busy"],"IntervalSeconds":1,"MaxAttempts":3}],"End":true}}},
            {"StartAt":"Pack items","States":{"Pack items":{"Type":"Map","ItemsPath":"$.items","ItemProcessor":{"StartAt":"Pack","States":{"Pack":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:pack","End":true}}},"End":true}}}]},
          "Large?":{"Type":"Choice","Choices":[{"Variable":"$.weight","NumericGreaterThan":100,"Next":"Book truck"}],"Default":"Notify"},
          "Book truck":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:truck","Catch":[{"ErrorEquals":["Truck.None"],"ResultPath":"$.problem","Next":"Notify"}],"ResultPath":"$.truck","Next":"Notify"},
          "Notify":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:notify","ResultPath":"$.notified","Next":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    /// <summary>Waits until someone says yes or no.</summary>
    public const string Approval = """
        {"QueryLanguage":"JSONata","StartAt":"Ask manager","States":{
          "Ask manager":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Arguments":{"QueueUrl":"queue","MessageBody":{"token":"{% $states.context.Task.Token %}","amount":"{% $states.input.amount %}"}},"Next":"Approved?"},
          "Approved?":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.approved %}","Next":"Pay"}],"Default":"Refused"},
          "Pay":{"Type":"Succeed"},
          "Refused":{"Type":"Fail","Error":"Refused","Cause":"The manager said no"}}}
        """;

    public const string PackingActivity = "arn:aws:states:us-east-1:000000000000:activity:pack";

    /// <summary>Waits for a worker.</summary>
    public const string Packing = """
        {"StartAt":"Pack box","States":{"Pack box":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:pack","End":true}}}
        """;

    /// <summary>A loop that takes as many turns as it is told, and then waits for days.</summary>
    public const string Loop = """
        {"QueryLanguage":"JSONata","StartAt":"Turn","States":{
          "Turn":{"Type":"Pass","Output":{"left":"{% $states.input.left - 1 %}"},"Next":"More?"},
          "More?":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.left > 0 %}","Next":"Turn"}],"Default":"Rest"},
          "Rest":{"Type":"Wait","Seconds":2592000,"Next":"Last"},
          "Last":{"Type":"Pass","End":true}}}
        """;
}
